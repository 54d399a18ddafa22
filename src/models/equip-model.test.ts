import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instantClock } from '../execution/testing/instant-clock.ts'
import { equipModel, type ModelEquipment, type ModelEvent } from './equip-model.ts'
import { ModelError } from './model-error.ts'
import { ask, fakeModel } from './testing/fake-model.ts'
import { virtualClock } from './testing/virtual-clock.ts'
import { createBudget } from './wrappers/budget.ts'
import { openCallJournal } from './wrappers/call-journal.ts'
import { createLedger } from './wrappers/ledger.ts'
import { createRateLimiter } from './wrappers/rate-limiter.ts'

let folder = ''
let count = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-equipped-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A dollar per thousand tokens either way. */
const prices = { 'fake:model': { prompt: 1000, completion: 1000 } }

/** One session of a run: what is in the journal at `path` is known, and counted as spent. */
async function session(path: string, limit: number, more: Partial<ModelEquipment> = {}) {
  const ledger = createLedger()
  const journal = await openCallJournal(path, { onPast: ledger.past })
  const budget = createBudget({ limit, spent: ledger.total().cost })
  const equipment: ModelEquipment = {
    phase: 'teacher',
    ledger,
    journal,
    budget,
    prices,
    clock: instantClock(),
    seed: 1,
    timeout: 60_000,
    ...more,
  }
  return { ledger, journal, budget, equipment }
}

describe('equipModel', () => {
  it('stops at the cap with everything kept, and goes on after it was raised without paying twice', async () => {
    const path = join(folder, `${count++}.jsonl`)
    const model = fakeModel(({ messages }) => `to ${messages[0]!.content}`)
    // Sleeps of an instant clock would end the time-out at once.
    const clock = virtualClock()
    const first = await session(path, 0.1, { clock })
    const capped = equipModel(model, first.equipment)
    const requests = Array.from({ length: 20 }, (_, index) => ask(`question ${index}`))
    const ends: string[] = []
    for (const request of requests)
      ends.push(
        await capped.generate(request).then(
          ({ text }) => text,
          (error: { code: string }) => error.code,
        ),
      )
    await first.journal.close()
    const answered = ends.filter((end) => end !== 'BUDGET_EXHAUSTED').length
    expect(answered).toBeGreaterThan(1)
    expect(answered).toBeLessThan(7)
    expect(first.ledger.total().cost).toBeLessThanOrEqual(0.1)

    const second = await session(path, 1, { clock })
    expect(second.budget.spent).toBeCloseTo(0.015 * answered, 9)
    const raised = equipModel(model, second.equipment)
    const texts = await Promise.all(requests.map((request) => raised.generate(request)))
    expect(texts.map(({ text }) => text)).toEqual(requests.map(({ messages }) => `to ${messages[0]!.content}`))
    expect(model.calls).toHaveLength(requests.length)
    expect(second.ledger.rows()).toMatchObject([
      { phase: 'teacher', calls: 20, cached: answered, cost: expect.closeTo(0.3, 9), unpriced: 0 },
    ])
    await second.journal.close()
  })

  it('asks again after a failure, a time-out included, and counts what may have been billed', async () => {
    const clock = virtualClock()
    const events: ModelEvent[] = []
    const path = join(folder, `${count++}.jsonl`)
    const { equipment, journal, ledger } = await session(path, 10, {
      clock,
      timeout: 1000,
      limiter: createRateLimiter({ concurrency: 2, requestsPerMinute: 100 }, clock),
      onEvent: (event) => events.push(event),
    })
    const model = fakeModel((_, call) => {
      if (call === 1) throw new ModelError({ code: 'MODEL_OVERLOADED', message: '503', retryable: true })
      if (call === 2) return new Promise<string>(() => {})
      return 'third time lucky'
    })
    const call = equipModel(model, equipment).generate(ask('a'))
    await expect.poll(() => model.calls.length, { timeout: 60_000 }).toBe(1)
    await clock.advance(10_000)
    expect((await call).text).toBe('third time lucky')
    expect(events.map((event) => (event.kind === 'retry' ? (event.error as ModelError).code : event.kind))).toEqual([
      'MODEL_OVERLOADED',
      'MODEL_TIMEOUT',
    ])
    expect(ledger.total()).toMatchObject({ calls: 1, lost: 1 })
    await journal.close()
    const resumed = await session(path, 10)
    expect(resumed.budget.spent).toBeCloseTo(ledger.total().cost, 12)
    expect(resumed.budget.spent).toBeGreaterThan(0.015)
    await resumed.journal.close()
  })

  it('lets a call that has begun end and keeps its answer when the run is stopped; one that waits is not made', async () => {
    const path = join(folder, `${count++}.jsonl`)
    const clock = virtualClock()
    const { equipment, journal } = await session(path, 10, {
      clock,
      limiter: createRateLimiter({ concurrency: 1 }, clock),
    })
    const release = Promise.withResolvers<string>()
    const model = fakeModel(() => release.promise)
    const equipped = equipModel(model, equipment)
    const { signal, abort } = (() => {
      const controller = new AbortController()
      return { signal: controller.signal, abort: () => controller.abort(new Error('Ctrl-C')) }
    })()
    const calls = ['begun', 'waiting'].map((content) => equipped.generate(ask(content, { signal })))
    await expect.poll(() => model.calls.length, { timeout: 60_000 }).toBe(1)
    abort()
    for (const call of calls) await expect(call).rejects.toThrow('Ctrl-C')
    const closed = journal.close()
    release.resolve('kept')
    await closed
    expect(model.calls.map(({ messages }) => messages[0]!.content)).toEqual(['begun'])
    const next = await session(path, 10)
    expect(next.journal.size).toBe(1)
    await next.journal.close()
  })

  it('says once that no price is known and what is not honoured; with a budget, no price is an error', async () => {
    const events: ModelEvent[] = []
    const ledger = createLedger()
    const model = fakeModel(() => ({ text: 'x', ignored: ['seed'] }), 'openai-compatible:mine')
    const equipment: ModelEquipment = {
      phase: 'p',
      ledger,
      clock: virtualClock(),
      seed: 1,
      onEvent: (event) => events.push(event),
    }
    const equipped = equipModel(model, equipment)
    await equipped.generate(ask('a'))
    await equipped.generate(ask('b'))
    expect(events.map(({ kind }) => kind)).toEqual(['price-unknown', 'ignored'])
    expect(events[0]).toMatchObject({ message: expect.stringContaining('unknown, not zero') })
    expect(ledger.total()).toMatchObject({ calls: 2, unpriced: 2, cost: 0 })
    expect(() => equipModel(model, { ...equipment, budget: createBudget({ limit: 1 }) })).toThrow(
      /needs the price of every model/,
    )
    expect(() =>
      equipModel(model, {
        ...equipment,
        budget: createBudget({ limit: 1 }),
        prices: { 'openai-compatible:*': { prompt: 0, completion: 0 } },
      }),
    ).not.toThrow()
  })

  it('leaves absent what the model cannot do, and passes on what it can', async () => {
    const plain = equipModel(
      fakeModel(() => 'x'),
      { phase: 'p', ledger: createLedger(), clock: virtualClock(), seed: 1 },
    )
    expect([plain.score, plain.forget, plain.close]).toEqual([undefined, undefined, undefined])
    const done: string[] = []
    const able = equipModel(
      {
        ...fakeModel(() => 'x'),
        score: async () => [-1],
        forget: (session) => void done.push(session),
        close: async () => void done.push('closed'),
      },
      { phase: 'p', ledger: createLedger(), clock: virtualClock(), seed: 1 },
    )
    expect(await able.score!({ messages: [], completion: 'x' })).toEqual([-1])
    able.forget!('s')
    await able.close!()
    expect(done).toEqual(['s', 'closed'])
  })
})
