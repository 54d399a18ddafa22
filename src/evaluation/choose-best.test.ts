import { expect, test } from 'vitest'
import type { Outcome, Trajectory } from '../contracts/trajectory.ts'
import { chooseBest } from './choose-best.ts'

const played = (task: string, sample: number, outcome: Outcome, score: number, actions: number): Trajectory => ({
  id: `p/${task}#${sample}`,
  task: { id: task, environment: 'toy', split: 'valid', category: 'c' },
  policy: 'react',
  instruction: 'i',
  steps: Array.from({ length: actions }, () => ({
    observation: 'o',
    reason: 'r',
    action: 'a',
    score,
    admissible: true,
  })),
  finalObservation: 'o',
  score,
  outcome,
})

test('keeps of each task the best sample: score, then brevity, then order; void only for want of another', () => {
  const all = [
    played('b', 0, 'failure', 0.5, 3),
    played('b', 1, 'failure', 0.7, 9),
    played('a', 1, 'success', 1, 4),
    played('a', 0, 'success', 1, 4),
    played('a', 2, 'success', 1, 6),
    played('c', 0, 'void', 1, 1),
    played('c', 1, 'failure', 0, 5),
    played('d', 0, 'void', 0, 0),
  ]
  expect(chooseBest(all).map(({ id }) => id)).toEqual(['p/a#0', 'p/b#1', 'p/c#1', 'p/d#0'])
})
