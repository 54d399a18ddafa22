import { describe, expect, it } from 'vitest'
import { withTimeLimit } from './time-limit.ts'

const never = () => new Promise<never>(() => {})

describe('withTimeLimit', () => {
  it('passes on the answer or the error of the work', async () => {
    await expect(withTimeLimit(async () => 7, { milliseconds: 60_000, what: 'a number' })).resolves.toBe(7)
    await expect(
      withTimeLimit(() => Promise.reject(new Error('no')), { milliseconds: undefined, what: 'a number' }),
    ).rejects.toThrow('no')
  })

  it('throws EXECUTION_TIMEOUT, tells the work to stop and names what it waited for', async () => {
    let told: unknown
    const waiting = withTimeLimit(
      (signal) => {
        signal.addEventListener('abort', () => (told = signal.reason))
        return never()
      },
      { milliseconds: 1, what: 'an answer of pi_1' },
    )
    await expect(waiting).rejects.toMatchObject({
      code: 'EXECUTION_TIMEOUT',
      message: expect.stringContaining('an answer of pi_1'),
    })
    expect(told).toMatchObject({ code: 'EXECUTION_TIMEOUT' })
  })

  it('ends with the reason of an aborted signal', async () => {
    const controller = new AbortController()
    const waiting = withTimeLimit(never, { milliseconds: undefined, what: 'nothing', signal: controller.signal })
    controller.abort(new Error('stopped'))
    await expect(waiting).rejects.toThrow('stopped')
    await expect(
      withTimeLimit(async () => 1, { milliseconds: undefined, what: 'nothing', signal: controller.signal }),
    ).rejects.toThrow('stopped')
  })
})
