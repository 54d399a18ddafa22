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

  it('goes by the measure that the domain is judged by, where there is one', () => {
    const scored = (policy: string, score: number) =>
      evaluateTrajectories({
        policy,
        panel: fakePanel(2),
        trajectories: fakeTrajectories(['failure', 'success']),
        maxSteps: 10,
        measures: () => ({ score }),
        criterion: 'score',
      })
    expect(selectBest([scored('pi_0', 20), scored('pi_1', 60), scored('pi_2', 50)]).policy).toBe('pi_1')
    const lacking = { ...judge('pi_0', ['success', 'failure']), criterion: 'score' }
    expect(() => selectBest([lacking, lacking])).toThrow(/the measure "score", found none/)
  })

  it('refuses nothing and two panels', () => {
    expect(() => selectBest([])).toThrow(expect.objectContaining({ code: 'SELECTION_INVALID' }))
    expect(() =>
      selectBest([judge('pi_0', ['success', 'success']), judge('pi_1', ['success', 'success'], 'ffffffffffff')]),
    ).toThrow(/on one panel/)
  })
})
