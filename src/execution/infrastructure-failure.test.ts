import assert from 'node:assert'
import { describe, expect, it } from 'vitest'
import { LeapError } from '../contracts/error.ts'
import { describeFailure, isInfrastructureFailure } from './infrastructure-failure.ts'

const thrownBy = async (work: () => unknown): Promise<unknown> => {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('isInfrastructureFailure', () => {
  it('accepts what servers, sockets and clients report', async () => {
    expect(isInfrastructureFailure(new LeapError({ code: 'MODEL_OVERLOADED', message: 'busy' }))).toBe(true)
    expect(isInfrastructureFailure(new Error('502 Bad Gateway'))).toBe(true)
    expect(isInfrastructureFailure(new DOMException('too slow', 'TimeoutError'))).toBe(true)
    expect(isInfrastructureFailure(Object.assign(new Error('reset'), { code: 'ECONNRESET' }))).toBe(true)
    class ApiCallError extends Error {}
    expect(isInfrastructureFailure(new ApiCallError('429'))).toBe(true)
  })

  it('accepts the TypeError that a real refused connection ends in', async () => {
    // Port 9 of the own machine: nothing listens, nothing leaves the machine.
    const error = await thrownBy(() => fetch('http://127.0.0.1:9/'))
    expect(error).toBeInstanceOf(TypeError)
    expect(isInfrastructureFailure(error)).toBe(true)
  })

  it('rejects mistakes in code', async () => {
    const nothing = undefined as unknown as { length: number }
    expect(isInfrastructureFailure(await thrownBy(() => nothing.length))).toBe(false)
    expect(isInfrastructureFailure(await thrownBy(() => JSON.parse('{')))).toBe(false)
    expect(isInfrastructureFailure(await thrownBy(() => new Array(-1)))).toBe(false)
    expect(isInfrastructureFailure(await thrownBy(() => assert.equal(1, 2)))).toBe(false)
    // Node's own argument checks are TypeErrors with a code: still a mistake in code.
    expect(isInfrastructureFailure(await thrownBy(() => Buffer.from(5 as unknown as string)))).toBe(false)
    expect(isInfrastructureFailure('a string')).toBe(false)
    expect(isInfrastructureFailure(undefined)).toBe(false)
  })
})

describe('describeFailure', () => {
  it('names codes and the chain of causes on one line', () => {
    const socket = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    const error = new LeapError({
      code: 'MODEL_DOWN',
      message: 'no answer',
      remedy: 'Start the server.',
      cause: socket,
    })
    expect(describeFailure(error)).toBe('MODEL_DOWN: no answer <- ECONNREFUSED: connect ECONNREFUSED')
    expect(describeFailure('text')).toBe('text')
  })
})
