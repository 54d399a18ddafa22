import { expect, it } from 'vitest'
import { ask, fakeModel } from '../testing/fake-model.ts'
import { createLedger } from './ledger.ts'
import { withAccounting } from './with-accounting.ts'

const price = { prompt: 1e6, cachedPrompt: 1e5, completion: 2e6 }

it('counts by phase and model, cached and hidden tokens apart, and tells each cost', async () => {
  const ledger = createLedger()
  let phase = 'correct-1'
  const teacher = withAccounting(
    fakeModel(
      () => ({ tokens: { prompt: 20, completion: 3 }, usage: { cachedPrompt: 10, reasoning: 2 } }),
      'a:teacher',
    ),
    { ledger, phase: () => phase, price },
  )
  const judge = withAccounting(
    fakeModel(() => 'yes', 'a:judge'),
    { ledger, phase: 'judge', price: undefined },
  )
  expect((await teacher.generate(ask('x'))).cost).toBeCloseTo(10 + 1 + 6, 9)
  await teacher.generate(ask('y'))
  phase = 'correct-2'
  await teacher.generate(ask('z'))
  expect(await judge.generate(ask('x'))).not.toHaveProperty('cost')
  expect(ledger.rows()).toMatchObject([
    {
      phase: 'correct-1',
      model: 'a:teacher',
      calls: 2,
      cost: 34,
      unpriced: 0,
      tokens: { prompt: 40, cachedPrompt: 20, completion: 6, reasoning: 4 },
    },
    { phase: 'correct-2', model: 'a:teacher', calls: 1, cost: 17 },
    { phase: 'judge', model: 'a:judge', calls: 1, cost: 0, unpriced: 1 },
  ])
  expect(ledger.total()).toMatchObject({ calls: 4, cost: 51, unpriced: 1, tokens: { prompt: 70, completion: 14 } })
})

it('does not count calls that fail', async () => {
  const ledger = createLedger()
  const failing = withAccounting(
    fakeModel(() => {
      throw new Error('503')
    }),
    { ledger, phase: 'p', price },
  )
  await expect(failing.generate(ask('x'))).rejects.toThrow('503')
  expect(ledger.rows()).toEqual([])
})
