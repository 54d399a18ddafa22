import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ModelError } from '../model-error.ts'
import { mostCost } from '../prices/cost.ts'
import { ask, fakeModel } from '../testing/fake-model.ts'
import { createBudget } from './budget.ts'
import { withBudget } from './with-budget.ts'

/** A dollar a token, so that costs are easy to see: an answer of the fake model costs 15. */
const price = { prompt: 1e6, completion: 1e6 }
const request = ask('go')
const most = mostCost(request, price)

describe('withBudget', () => {
  it('counts real costs and stops before the worst case would break the cap', async () => {
    const budget = createBudget({ limit: most + 30 })
    const model = fakeModel(() => 'ok')
    const capped = withBudget(model, { budget, price })
    await capped.generate(request)
    await capped.generate(request)
    expect(budget.spent).toBe(30)
    await capped.generate(request)
    await expect(capped.generate(request)).rejects.toMatchObject({
      code: 'BUDGET_EXHAUSTED',
      message: expect.stringContaining('45.00 are spent'),
      remedy: expect.stringContaining('Raise the budget'),
    })
    expect(model.calls).toHaveLength(3)
  })

  it('never has more spent and on its way than the cap, whatever calls cost and however they end', async () => {
    const call = fc.record({
      prompt: fc.integer({ min: 1, max: 20 }),
      completion: fc.integer({ min: 1, max: 20 }),
      fails: fc.constantFrom('no', 'free', 'billed'),
      turns: fc.integer({ min: 0, max: 6 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 400 }),
        async (calls, limit) => {
          const budget = createBudget({ limit })
          let worstOnTheWay = 0
          const model = fakeModel(async (_, index) => {
            const { prompt, completion, fails, turns } = calls[index - 1]!
            worstOnTheWay += most
            expect(budget.spent + worstOnTheWay).toBeLessThanOrEqual(limit + 1e-6)
            for (let turn = 0; turn < turns; turn++) await Promise.resolve()
            worstOnTheWay -= most
            if (fails !== 'no') throw new ModelError({ code: 'X', message: 'x', maybeBilled: fails === 'billed' })
            return { tokens: { prompt, completion } }
          })
          const capped = withBudget(model, { budget, price })
          const ends = await Promise.allSettled(calls.map(() => capped.generate(request)))
          expect(budget.spent).toBeLessThanOrEqual(limit + 1e-6)
          // Nothing waits for ever, and nothing is refused while there is enough.
          const refused = ends.filter(
            (end) => end.status === 'rejected' && end.reason.code === 'BUDGET_EXHAUSTED',
          ).length
          expect(model.calls.length + refused).toBe(calls.length)
          if (refused > 0) expect(budget.spent + most).toBeGreaterThan(limit)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('counts a call that may have been billed as its worst case, and one that was refused as nothing', async () => {
    const budget = createBudget({ limit: 10 * most })
    const lost: number[] = []
    const model = fakeModel((_, call) => {
      throw new ModelError({ code: 'X', message: 'x', maybeBilled: call === 2 })
    })
    const capped = withBudget(model, { budget, price, onLost: (cost) => lost.push(cost) })
    await expect(capped.generate(request)).rejects.toThrow()
    expect(budget.spent).toBe(0)
    await expect(capped.generate(request)).rejects.toThrow()
    expect(budget.spent).toBe(most)
    expect(lost).toEqual([most])
  })

  it('lets a call wait for what others hold, and leave', async () => {
    const budget = createBudget({ limit: most })
    const release = Promise.withResolvers<string>()
    const model = fakeModel((_, call) => (call === 1 ? release.promise : 'second'))
    const capped = withBudget(model, { budget, price: { prompt: 0, completion: 1e6 } })
    const first = capped.generate({ ...request, maxTokens: most })
    const controller = new AbortController()
    const leaving = capped.generate({ ...request, maxTokens: most, signal: controller.signal })
    const waiting = capped.generate({ ...request, maxTokens: 10 })
    controller.abort(new Error('left'))
    await expect(leaving).rejects.toThrow('left')
    expect(model.calls).toHaveLength(1)
    release.resolve('first')
    await first
    expect((await waiting).text).toBe('second')
  })

  it('goes on from what earlier sessions spent', async () => {
    const capped = withBudget(
      fakeModel(() => 'ok'),
      { budget: createBudget({ limit: 1000, spent: 1000 - most + 1 }), price },
    )
    await expect(capped.generate(request)).rejects.toMatchObject({ code: 'BUDGET_EXHAUSTED' })
  })
})
