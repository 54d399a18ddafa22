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
