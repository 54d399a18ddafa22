import { expect, it } from 'vitest'
import { evaluateTrajectories } from '../evaluation/evaluate-trajectories.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { fakePanel, fakeTrajectories } from '../evaluation/testing/fake-trajectories.ts'
import { describeResult } from './describe-result.ts'

function judge(policy: string, { rename = (id: string) => id, panel = 'seen' } = {}): Evaluation {
  const evaluation = evaluateTrajectories({
    policy,
    panel: { ...fakePanel(4, '0123456789ab'), name: panel },
    trajectories: fakeTrajectories(['success', 'failure', 'success', 'success']),
    maxSteps: 10,
  })
  return { ...evaluation, results: evaluation.results.map((row) => ({ ...row, taskId: rename(row.taskId) })) }
}
const selection = ['pi_0', 'pi_1'].map((policy) => judge(policy, { panel: 'selection' }))
const describeWith = (reported: Evaluation[]) =>
  describeResult({ best: 'pi_1', evaluations: reported, selection }, { width: 100, seed: 1 })

it('marks the student that won the selection, in the table and below it', () => {
  const text = describeWith([judge('pi_0'), judge('pi_1')])
  expect(text).toMatch(/│ pi_1 \* /)
  expect(text).toMatch(/│ pi_0 /)
  expect(text).toContain('* best student: pi_1, by success on panel selection (0123456789ab), ')
})

it('says whether the games of the selection are reported too', () => {
  const apart = judge('pi_1', { rename: (id) => `other-${id}` })
  expect(describeWith([apart])).toContain('none of whose games is reported above.')
  const some = judge('pi_1', { rename: (id) => (id === judge('pi_1').results[0]!.taskId ? id : `other-${id}`) })
  expect(describeWith([some])).toContain('1 games of panel seen are among these')
  expect(describeWith([judge('pi_0'), judge('pi_1'), { ...apart, panel: { ...apart.panel, name: 'unseen' } }])).toMatch(
    /\), 4 games of panel seen are among these, which flatters it there\.$/,
  )
})
