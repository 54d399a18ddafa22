import { describe, expect, it } from 'vitest'
import type { Outcome } from '../contracts/trajectory.ts'
import { evaluateTrajectories } from './evaluate-trajectories.ts'
import { evaluationSchema } from './evaluation.ts'
import { fakePanel, fakeTrajectories } from './testing/fake-trajectories.ts'
import { wilson } from './wilson.ts'

describe('evaluateTrajectories', () => {
  it('reports rate, interval and mean actions with failures at the limit, overall and by category', () => {
    const evaluation = evaluateTrajectories({
      policy: 'pi_0',
      panel: fakePanel(4),
      trajectories: fakeTrajectories(['success', 'failure', 'success', 'success'], {
        actions: (index) => Array.from({ length: index + 1 }, () => 'a'),
      }).reverse(),
      maxSteps: 10,
    })
    expect(evaluationSchema.parse(JSON.parse(JSON.stringify(evaluation)))).toEqual(evaluation)
    expect(evaluation).toMatchObject({
      policy: 'pi_0',
      panel: { name: 'valid', hash: '0123456789ab' },
      episodes: 4,
      voids: 0,
    })
    expect(evaluation.success).toEqual(wilson(3, 4))
    // Successes took 1, 3 and 4 actions; the failure took 2 and counts as 10.
    expect(evaluation.actions).toMatchObject({ mean: 18 / 4, meanOfSuccesses: 8 / 3, limit: 10 })
    expect(evaluation.actions.low).toBeLessThan(4.5)
    expect(evaluation.actions.high).toBeGreaterThan(4.5)
    expect(Object.keys(evaluation.byCategory)).toEqual(['far', 'near'])
    expect(evaluation.byCategory.near).toMatchObject({ episodes: 2, success: { rate: 1 }, actions: { mean: 2 } })
    expect(evaluation.byCategory.far).toMatchObject({ episodes: 2, success: { rate: 0.5 }, actions: { mean: 7 } })
    expect(evaluation.results.map(({ taskId }) => taskId)).toEqual(fakePanel(4).taskIds)
  })

  it('averages the domain’s own measures with intervals, overall and by category', () => {
    const evaluation = evaluateTrajectories({
      policy: 'pi_0',
      panel: fakePanel(4),
      trajectories: fakeTrajectories(['success', 'failure', 'success', 'void']),
      maxSteps: 10,
      maxVoidShare: 0.25,
      measures: ({ outcome }) => ({ score: outcome === 'success' ? 100 : 40, price: 1 }),
      criterion: 'score',
    })
    expect(evaluationSchema.parse(JSON.parse(JSON.stringify(evaluation)))).toEqual(evaluation)
    expect(evaluation.criterion).toBe('score')
    expect(Object.keys(evaluation.measures!)).toEqual(['score', 'price'])
    expect(evaluation.measures!.score!.mean).toBeCloseTo(80)
    // Standard error of 100, 40, 100: sqrt(1200 / 3) = 20.
    expect(evaluation.measures!.score!.low).toBeCloseTo(80 - 1.96 * 20, 1)
    // And not 119, which no episode can reach.
    expect(evaluation.measures!.score!.high).toBe(100)
    expect(evaluation.measures!.price).toEqual({ mean: 1, low: 1, high: 1 })
    expect(evaluation.byCategory.near!.measures!.score!.mean).toBeCloseTo(100)
  })

  it('keeps void episodes out of every rate and reports them', () => {
    const evaluation = evaluateTrajectories({
      policy: 'pi_0',
      panel: fakePanel(4),
      trajectories: fakeTrajectories(['success', 'void', 'success', 'failure']),
      maxSteps: 10,
      maxVoidShare: 0.25,
    })
    expect(evaluation).toMatchObject({ episodes: 3, voids: 1, success: { rate: 2 / 3 } })
    expect(evaluation.byCategory.far).toMatchObject({ episodes: 1, voids: 1, success: { rate: 0 } })
  })

  it('refuses too many voids, and a panel that is all void whatever the share allowed', () => {
    const judge = (maxVoidShare: number | undefined, outcomes: ('void' | 'success')[]) =>
      evaluateTrajectories({
        policy: 'pi_0',
        panel: fakePanel(2),
        trajectories: fakeTrajectories(outcomes),
        maxSteps: 10,
        ...(maxVoidShare === undefined ? {} : { maxVoidShare }),
      })
    expect(() => judge(undefined, ['void', 'success'])).toThrow(/1 of 2 episodes are void.*server down/)
    expect(() => judge(1, ['void', 'void'])).toThrow(expect.objectContaining({ code: 'EVALUATION_TOO_MANY_VOIDS' }))
    expect(judge(0.5, ['void', 'success']).voids).toBe(1)
  })

  it('refuses trajectories that are not exactly those of the panel', () => {
    const judge = (trajectories: ReturnType<typeof fakeTrajectories>) => () =>
      evaluateTrajectories({ policy: 'pi_0', panel: fakePanel(3), trajectories, maxSteps: 10 })
    const all = fakeTrajectories(['success', 'success', 'failure'])
    expect(judge(all.slice(1))).toThrow(/valid\/000 0 times/)
    expect(judge(fakeTrajectories(['success', 'success', 'failure', 'failure']))).toThrow(
      /valid\/003, which is not on it/,
    )
    expect(judge([...all, ...fakeTrajectories(['success'], { sample: 1 })])).toThrow(/equally often/)
    expect(judge([])).toThrow(expect.objectContaining({ code: 'EVALUATION_PANEL_MISMATCH' }))
  })

  it('does not let repeated samples of the same tasks narrow the interval as if they were new tasks', () => {
    const outcomes = Array.from({ length: 40 }, (_, index): Outcome => (index % 2 === 0 ? 'success' : 'failure'))
    const judge = (trajectories: ReturnType<typeof fakeTrajectories>) =>
      evaluateTrajectories({ policy: 'pi_0', panel: fakePanel(40), trajectories, maxSteps: 10 }).success
    const once = judge(fakeTrajectories(outcomes))
    const copied = judge([0, 1, 2, 3].flatMap((sample) => fakeTrajectories(outcomes, { sample })))
    expect(copied.high - copied.low).toBeCloseTo(once.high - once.low, 2)
    // Samples that vary within their task do carry information.
    const varied = judge(
      [0, 1, 2, 3].flatMap((sample) =>
        fakeTrajectories(
          outcomes.map((_, index) => ((index * 7 + sample * 3) % 4 < 2 ? 'success' : 'failure')),
          { sample },
        ),
      ),
    )
    expect(varied.high - varied.low).toBeLessThan(0.6 * (once.high - once.low))
  })

  it('orders ten and more samples by number', () => {
    const evaluation = evaluateTrajectories({
      policy: 'pi_0',
      panel: fakePanel(1),
      trajectories: Array.from({ length: 12 }, (_, sample) => fakeTrajectories(['success'], { sample })[0]!),
      maxSteps: 10,
    })
    expect(evaluation.results.map(({ sample }) => sample)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })
})
