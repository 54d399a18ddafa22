import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileName, runPaths } from './run-paths.ts'

describe('fileName', () => {
  it('keeps plain names and encodes the rest', () => {
    expect(fileName('pi_1')).toBe('pi_1')
    expect(fileName('rollout-1.b')).toBe('rollout-1.b')
    expect(fileName('openai:gpt-4o/x')).toBe('openai%3Agpt-4o%2Fx')
    expect(fileName('..')).toBe('%2E%2E')
    expect(fileName('ü')).toBe('%C3%BC')
  })

  it('is safe, short and different for different names', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.string({ maxLength: 300 }), (a, b) => {
        expect(fileName(a)).toMatch(/^[A-Za-z0-9_%~-]?[A-Za-z0-9._%~-]{0,119}$/)
        if (a !== b && a.isWellFormed() && b.isWellFormed()) expect(fileName(a)).not.toBe(fileName(b))
      }),
    )
    expect(fileName('x'.repeat(500))).not.toBe(fileName('x'.repeat(501)))
  })
})

describe('runPaths', () => {
  it('lays out a run', () => {
    const paths = runPaths('/runs/a')
    expect(paths.trajectories('rollout-1')).toBe('/runs/a/trajectories/rollout-1.jsonl')
    expect(paths.partial(paths.trajectories('rollout-1'))).toBe('/runs/a/trajectories/rollout-1.partial.jsonl')
    expect(paths.evaluation('pi_1', 'valid_seen')).toBe('/runs/a/evaluations/pi_1@valid_seen.json')
  })
})
