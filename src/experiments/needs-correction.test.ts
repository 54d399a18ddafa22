import { expect, it } from 'vitest'
import { needsCorrection } from './needs-correction.ts'

const played = [
  { outcome: 'failure', score: 0.34 },
  { outcome: 'failure', score: 0.7 },
  { outcome: 'failure', score: 0.83 },
  { outcome: 'success', score: 1 },
  { outcome: 'void', score: 0 },
] as const

it.each([
  [{ on: 'failed' }, [true, true, true, false, false]],
  [{ on: 'all' }, [true, true, true, true, false]],
  // LEAP on InterCode Bash and SQL.
  [{ on: 'failed', scoreAtMost: 0.7 }, [true, true, false, false, false]],
  [{ on: 'failed', scoreAtMost: 0 }, [false, false, false, false, false]],
] as const)('with %j', (settings, expected) => {
  expect(played.map((trajectory) => needsCorrection(trajectory, settings))).toEqual(expected)
})
