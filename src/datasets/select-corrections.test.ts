import { describe, expect, it } from 'vitest'
import type { Correction } from '../contracts/correction.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { selectCorrections } from './select-corrections.ts'

/** Twelve steps that go round in a circle of four, with a label for each: searches and a take in turn, one label dropped before. */
const trajectory: Trajectory = {
  id: 'rollout-1/train/7#0',
  task: { id: 'train/7', environment: 'toy', split: 'train', category: 'toy' },
  policy: 'pi_0',
  instruction: 'find it',
  steps: Array.from({ length: 12 }, (_, index) => ({
    observation: `place ${index % 4}`,
    candidates: ['look'],
    reason: '',
    action: 'look',
    score: 0,
    admissible: true,
  })),
  finalObservation: '',
  score: 0,
  outcome: 'failure',
}
const corrections = trajectory.steps.map(
  (_, step): Correction => ({
    trajectoryId: trajectory.id,
    step,
    reason: 'So.',
    action: 'look',
    isCorrected: true,
    kind: step % 3 === 0 ? 'take' : 'search',
    ...(step === 1 ? { dropped: 'leak' } : {}),
  }),
)
const kept = (selected: readonly Correction[]) => selected.filter(({ dropped }) => dropped === undefined)
const stepsOf = (selected: readonly Correction[]) => kept(selected).map(({ step }) => step)

describe('selectCorrections', () => {
  it('without limits changes nothing', () => {
    expect(selectCorrections(trajectory, corrections, {}, 1)).toEqual(corrections)
  })

  it.each([
    {},
    { perTrajectory: 3 },
    { perKind: { search: 1 } },
    { dropLoops: true },
    { perTrajectory: 2, dropLoops: true },
  ])('removes and reorders nothing, and leaves earlier verdicts: %j', (settings) => {
    const selected = selectCorrections(trajectory, corrections, settings, 1)
    expect(selected.map(({ dropped: _, ...rest }) => rest)).toEqual(corrections.map(({ dropped: _, ...rest }) => rest))
    expect(selected[1]!.dropped).toBe('leak')
  })

  it('caps labels of a kind; kinds without a cap stay', () => {
    const selected = selectCorrections(trajectory, corrections, { perKind: { search: 2 } }, 1)
    expect(kept(selected).filter(({ kind }) => kind === 'search')).toHaveLength(2)
    expect(kept(selected).filter(({ kind }) => kind === 'take')).toHaveLength(4)
    expect(selected.filter(({ dropped }) => dropped === 'surplus')).toHaveLength(5)
  })

  it('caps labels of a trajectory', () => {
    expect(stepsOf(selectCorrections(trajectory, corrections, { perTrajectory: 5 }, 1))).toHaveLength(5)
  })

  it('keeps the first of equal situations, so that a loop is one label of each', () => {
    const selected = selectCorrections(trajectory, corrections, { dropLoops: true }, 1)
    // Place 1 was dropped at its first visit, so its second one is the first that counts.
    expect(stepsOf(selected)).toEqual([0, 2, 3, 5])
    expect(selected.filter(({ dropped }) => dropped === 'loop').map(({ step }) => step)).toEqual([
      4, 6, 7, 8, 9, 10, 11,
    ])
  })

  it('does not take another action or another menu in the same place for a loop', () => {
    const other = structuredClone(trajectory)
    other.steps[4]!.candidates = ['look', 'go to bed 1']
    const labels = corrections.map((label) => (label.step === 6 ? { ...label, action: 'go to bed 1' } : label))
    expect(stepsOf(selectCorrections(other, labels, { dropLoops: true }, 1))).toEqual([0, 2, 3, 4, 5, 6])
  })

  it('does not let loops use up a cap', () => {
    for (let seed = 0; seed < 20; seed++) {
      const selected = selectCorrections(trajectory, corrections, { dropLoops: true, perTrajectory: 4 }, seed)
      expect(stepsOf(selected)).toEqual([0, 2, 3, 5])
    }
  })

  it('draws by seed and trajectory, the same every time', () => {
    const draw = (seed: number, id = trajectory.id) =>
      stepsOf(selectCorrections({ ...trajectory, id }, corrections, { perTrajectory: 4 }, seed)).join()
    expect(draw(1)).toBe(draw(1))
    expect(new Set(Array.from({ length: 8 }, (_, seed) => draw(seed))).size).toBeGreaterThan(4)
    expect(new Set(Array.from({ length: 8 }, (_, game) => draw(1, `rollout-1/train/${game}#0`))).size).toBeGreaterThan(
      4,
    )
  })
})
