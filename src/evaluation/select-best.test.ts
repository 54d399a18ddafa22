import { describe, expect, it } from 'vitest'
import type { Outcome } from '../contracts/trajectory.ts'
import { evaluateTrajectories } from './evaluate-trajectories.ts'
import { selectBest } from './select-best.ts'
import { fakePanel, fakeTrajectories } from './testing/fake-trajectories.ts'

const judge = (policy: string, outcomes: Outcome[], hash?: string) =>
  evaluateTrajectories({ policy, panel: fakePanel(2, hash), trajectories: fakeTrajectories(outcomes), maxSteps: 10 })

describe('selectBest', () => {
  it('takes the highest rate, and the earlier one on a tie', () => {
    const evaluations = [
      judge('pi_0', ['failure', 'failure']),
      judge('pi_1', ['failure', 'success']),
      judge('pi_2', ['success', 'failure']),
    ]
    expect(selectBest(evaluations).policy).toBe('pi_1')
    expect(selectBest([...evaluations, judge('pi_3', ['success', 'success'])]).policy).toBe('pi_3')
  })

  it('refuses nothing and two panels', () => {
    expect(() => selectBest([])).toThrow(expect.objectContaining({ code: 'SELECTION_INVALID' }))
    expect(() =>
      selectBest([judge('pi_0', ['success', 'success']), judge('pi_1', ['success', 'success'], 'ffffffffffff')]),
    ).toThrow(/on one panel/)
  })
})
