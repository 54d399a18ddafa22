import { describe, expect, it } from 'vitest'
import type { Outcome } from '../contracts/trajectory.ts'
import { compareEvaluations } from './compare.ts'
import { evaluateTrajectories } from './evaluate-trajectories.ts'
import { fakePanel, fakeTrajectories } from './testing/fake-trajectories.ts'

const judge = (policy: string, outcomes: Outcome[], hash?: string) =>
  evaluateTrajectories({
    policy,
    panel: fakePanel(outcomes.length, hash),
    trajectories: fakeTrajectories(outcomes),
    maxSteps: 10,
    maxVoidShare: 0.5,
  })

describe('compareEvaluations', () => {
  it('pairs task by task and leaves out what is void for either', () => {
    const first = judge('pi_0', ['success', 'failure', 'failure', 'failure', 'success', 'void', 'success'])
    const second = judge('pi_1', ['success', 'success', 'success', 'failure', 'failure', 'success', 'void'])
    const comparison = compareEvaluations(first, second, { seed: 1 })
    expect(comparison).toMatchObject({
      first: 'pi_0',
      second: 'pi_1',
      pairs: 5,
      unpaired: 2,
      both: 1,
      onlyFirst: 1,
      onlySecond: 2,
      neither: 1,
      pValue: 1,
    })
    expect(comparison.difference.mean).toBeCloseTo(0.2, 12)
    expect(comparison.difference.low).toBeLessThan(0.2)
    expect(comparison.difference.high).toBeGreaterThan(0.2)
  })

  it('compares the criterion too, where both were judged by one, task by task', () => {
    const score = (policy: string, scores: number[]) =>
      evaluateTrajectories({
        policy,
        panel: fakePanel(scores.length),
        trajectories: fakeTrajectories(scores.map((): Outcome => 'failure')),
        maxSteps: 10,
        measures: ({ task: { id } }) => ({ score: scores[fakePanel(scores.length).taskIds.indexOf(id)]! }),
        criterion: 'score',
      })
    const first = score('pi_0', [10, 90, 40, 60])
    const { criterion, difference } = compareEvaluations(first, score('pi_1', [15, 95, 45, 65]), { seed: 1 })
    expect(difference.mean).toBe(0)
    expect(criterion).toEqual({ name: 'score', difference: { mean: 5, low: 5, high: 5 } })
    const bySuccess = judge('pi_1', ['failure', 'failure', 'failure', 'failure'])
    expect(compareEvaluations(first, bySuccess, { seed: 1 }).criterion).toBeUndefined()
  })

  it('finds a consistent difference that unpaired intervals would hide', () => {
    const base = Array.from({ length: 200 }, (_, index): Outcome => (index % 2 === 0 ? 'success' : 'failure'))
    const better = base.map((outcome, index): Outcome => (index % 20 === 1 ? 'success' : outcome))
    const comparison = compareEvaluations(judge('a', base), judge('b', better), { seed: 1 })
    expect(judge('a', base).success.high).toBeGreaterThan(judge('b', better).success.low)
    expect(comparison.difference.low).toBeGreaterThan(0)
    expect(comparison.pValue).toBeLessThan(0.01)
  })

  it('is a function of the seed, and its interval has about the width of theory', () => {
    const first = judge(
      'a',
      Array.from({ length: 400 }, (): Outcome => 'failure'),
    )
    const second = judge(
      'b',
      Array.from({ length: 400 }, (_, index): Outcome => (index % 4 === 0 ? 'success' : 'failure')),
    )
    const once = compareEvaluations(first, second, { seed: 5 })
    expect(compareEvaluations(first, second, { seed: 5 })).toEqual(once)
    const { low, high } = once.difference
    expect(high - low).toBeCloseTo(2 * 1.96 * Math.sqrt((0.25 * 0.75) / 400), 1)
    expect((high + low) / 2).toBeCloseTo(0.25, 1)
  })

  it('refuses two panels', () => {
    expect(() =>
      compareEvaluations(judge('a', ['success']), judge('b', ['success'], 'ffffffffffff'), { seed: 1 }),
    ).toThrow(expect.objectContaining({ code: 'COMPARISON_PANEL_MISMATCH' }))
  })
})
