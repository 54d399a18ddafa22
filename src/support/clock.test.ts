import { describe, expect, it } from 'vitest'
import { systemClock } from './clock.ts'

describe('systemClock', () => {
  it('sleeps for about the time it is told and never measures backwards', async () => {
    const start = systemClock.elapsed()
    await systemClock.sleep(5)
    expect(systemClock.elapsed() - start).toBeGreaterThanOrEqual(4)
  })

  it('rejects with the reason of a signal that aborts first', async () => {
    const controller = new AbortController()
    const sleeping = systemClock.sleep(60_000, controller.signal)
    controller.abort(new Error('enough'))
    await expect(sleeping).rejects.toThrow('enough')
    await expect(systemClock.sleep(60_000, controller.signal)).rejects.toThrow('enough')
  })
})
