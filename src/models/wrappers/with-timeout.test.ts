import { expect, it } from 'vitest'
import { ask, fakeModel } from '../testing/fake-model.ts'
import { virtualClock } from '../testing/virtual-clock.ts'
import { withTimeout } from './with-timeout.ts'

it('gives up on a call that takes too long, and tells it to stop', async () => {
  const clock = virtualClock()
  const model = fakeModel(() => new Promise<string>(() => {}))
  const call = withTimeout(model, { milliseconds: 3000, clock }).generate(ask('a'))
  const failed = expect(call).rejects.toMatchObject({
    code: 'MODEL_TIMEOUT',
    retryable: true,
    maybeBilled: true,
    message: expect.stringContaining('3 s'),
  })
  await clock.advance(2999)
  expect(model.calls[0]!.signal!.aborted).toBe(false)
  await clock.advance(1)
  await failed
  expect(model.calls[0]!.signal!.aborted).toBe(true)
})

it('leaves a call in time alone, and no timer behind', async () => {
  const clock = virtualClock()
  const limited = withTimeout(
    fakeModel(() => 'quick'),
    { milliseconds: 3000, clock },
  )
  expect((await limited.generate(ask('a'))).text).toBe('quick')
  expect(clock.sleeping).toBe(0)
})

it('passes the caller’s abort on, with its reason', async () => {
  const clock = virtualClock()
  const model = fakeModel(() => new Promise<string>(() => {}))
  const controller = new AbortController()
  const call = withTimeout(model, { milliseconds: 3000, clock }).generate(ask('a', { signal: controller.signal }))
  controller.abort(new Error('stop'))
  await expect(call).rejects.toThrow('stop')
  expect(model.calls[0]!.signal!.reason).toEqual(new Error('stop'))
  expect(clock.sleeping).toBe(0)
})

it('does not take the time in which the process itself got none for the model’s', async () => {
  let time = 0
  const naps: number[] = []
  const answer = Promise.withResolvers<string>()
  // The first nap of 3 s lasts a minute, and the answer is there when it ends.
  const clock = {
    now: () => time,
    elapsed: () => time,
    sleep: (milliseconds: number, signal?: AbortSignal) => {
      naps.push(milliseconds)
      time += naps.length === 1 ? 60_000 : milliseconds
      if (naps.length === 1) return Promise.resolve()
      setImmediate(() => answer.resolve('late, but there'))
      return new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    },
  }
  const limited = withTimeout(
    fakeModel(() => answer.promise),
    { milliseconds: 3000, clock },
  )
  expect((await limited.generate(ask('a'))).text).toBe('late, but there')
  expect(naps).toEqual([3000, 3000])
})
