import { describe, expect, it } from 'vitest'
import type { Outcome } from '../contracts/trajectory.ts'
import { evaluateTrajectories } from '../evaluation/evaluate-trajectories.ts'
import { fakePanel, fakeTrajectories } from '../evaluation/testing/fake-trajectories.ts'
import { learningCurve } from './learning-curve.ts'
import { resultTable } from './table.ts'

const judge = (policy: string, outcomes: Outcome[], { hash = '0123456789ab', maxSteps = 10 } = {}) =>
  evaluateTrajectories({
    policy,
    panel: fakePanel(outcomes.length, hash),
    trajectories: fakeTrajectories(outcomes),
    maxSteps,
    maxVoidShare: 0.5,
  })
const evaluations = [
  judge('pi_0', ['success', 'failure', 'failure', 'failure']),
  judge('pi_1', ['success', 'success', 'success', 'void']),
]

describe('resultTable', () => {
  it('shows success with interval and mean actions, overall and by task type, under the name of the panel', () => {
    expect(resultTable(evaluations)).toBe(`valid (0123456789ab), 4 tasks, at most 10 actions
┌────────┬─────────────────────┬─────────────────┬───────────────┬───────────────┐
│ policy │             success │         actions │           far │          near │
│        │                     │                 │           (2) │           (2) │
├────────┼─────────────────────┼─────────────────┼───────────────┼───────────────┤
│ pi_0   │    25.0 [4.6, 69.9] │ 8.0 [4.1, 10.0] │     0 [0, 66] │    50 [9, 91] │
│        │                     │                 │          10.0 │           6.0 │
├────────┼─────────────────────┼─────────────────┼───────────────┼───────────────┤
│ pi_1   │ 100.0 [43.9, 100.0] │  2.0 [2.0, 2.0] │ 100 [21, 100] │ 100 [34, 100] │
│        │                     │                 │           2.0 │           2.0 │
└────────┴─────────────────────┴─────────────────┴───────────────┴───────────────┘
void episodes (left out): pi_1 1

success: per cent of episodes [95 % Wilson interval]; actions: mean over all episodes, a failure counts as the limit.`)
  })

  it('writes Markdown', () => {
    const lines = resultTable(evaluations, { format: 'markdown' }).split('\n')
    expect(lines[0]).toBe('**valid (0123456789ab), 4 tasks, at most 10 actions**')
    expect(lines[2]).toBe('| policy | success | actions | far<br>(2) | near<br>(2) |')
    expect(lines[4]).toBe('| pi_0 | 25.0 [4.6, 69.9] | 8.0 [4.1, 10.0] | 0 [0, 66]<br>10.0 | 50 [9, 91]<br>6.0 |')
  })

  it('makes a table per panel, also for panels of one name', () => {
    const text = resultTable([...evaluations, judge('pi_0', ['success', 'failure'], { hash: 'ffffffffffff' })])
    expect(text.match(/valid \([0-9a-f]{12}\), \d tasks/g)).toEqual([
      'valid (0123456789ab), 4 tasks',
      'valid (ffffffffffff), 2 tasks',
    ])
  })

  it('says so when rows of a panel had different limits', () => {
    expect(
      resultTable([evaluations[0]!, judge('pi_1', ['success', 'success', 'success', 'failure'], { maxSteps: 30 })]),
    ).toContain('at most 10 or 30 actions (NOT the same for all rows)')
  })

  it('keeps within a width by going on below, with the policies named again', () => {
    const text = resultTable(evaluations, { width: 60 })
    const table = text.split('\n').filter((line) => /^[│┌├└]/.test(line))
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(60)
    expect(text.match(/│ policy/g)).toHaveLength(2)
    expect(text).toContain('near')
  })

  it('breaks long names of task types over lines', () => {
    const long = structuredClone(evaluations[0]!)
    long.byCategory = { pick_clean_then_place_in_recep: long.byCategory.near! }
    expect(resultTable([long])).toMatch(/pick clean │\n.*then place │\n.*in recep │/)
    expect(resultTable([long], { categoryLabel: () => 'clean' })).toMatch(/clean │\n/)
  })
})

describe('learningCurve', () => {
  it('shows each policy against the one before and the first', () => {
    const many = (wins: number): Outcome[] =>
      Array.from({ length: 40 }, (_, index) => (index < wins ? 'success' : 'failure'))
    const text = learningCurve([judge('pi_0', many(10)), judge('pi_1', many(20)), judge('pi_2', many(18))], {
      seed: 1,
      extra: { pi_1: { 'held-out loss': '0.512' } },
    })
    const rows = text.split('\n').filter((line) => line.includes('pi_'))
    expect(rows[0]).toMatch(/█████░{15} │ 25\.0 \[14\.2, 40\.2\] │ +│ +│ +0\.0/)
    expect(rows[1]).toMatch(/50\.0 .* \+25\.0 \(p 0\.002\) │ +│ .*0\.512/)
    expect(rows[2]).toMatch(/45\.0 .* -5\.0 \(p 0\.500\) │ +\+20\.0 \(p 0\.008\) .* - │$/)
    expect(text).toContain('valid (0123456789ab), 40 tasks')
  })
})
