import { describe, expect, it, vi } from 'vitest'
import type { Correction } from '../contracts/correction.ts'
import type { RewriteRequest } from '../contracts/teacher.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { countChecks } from './check-counts.ts'
import { reviewCorrections } from './review-corrections.ts'

const step = (action: string) => ({
  observation: 'You see a cabinet 1, a shelf 1.',
  candidates: ['go to cabinet 1', 'go to shelf 1', 'look'],
  reason: 'I look.',
  action,
  score: 0,
  admissible: true,
  privileged: { text: 'The mug 1 is in cabinet 1.', data: {}, secrets: ['mug 1', 'mug 1 @ cabinet 1'] },
})
const trajectory: Trajectory = {
  id: 'r/game#0',
  task: { id: 'game', environment: 'toy', split: 'train', category: 'c' },
  policy: 'pi_0',
  instruction: 'put a mug on shelf.',
  steps: ['look', 'look', 'look'].map(step),
  finalObservation: '',
  score: 0,
  outcome: 'failure',
}
const correction = (index: number, reason: string, action = 'go to cabinet 1'): Correction => ({
  trajectoryId: trajectory.id,
  step: index,
  reason,
  action,
  isCorrected: true,
})
const clean = 'Mugs are often in cabinets.'
const leaking = 'The mug 1 is in cabinet 1.'
const received = [correction(0, clean), correction(1, leaking), correction(2, clean, 'dance')]
const seed = 1

describe('reviewing corrections', () => {
  it('asks the teacher once about what a policy sends back, with the finding, and keeps what became better', async () => {
    const requests: RewriteRequest[] = []
    const teacher = {
      rewrite: async (_: Trajectory, asked: readonly RewriteRequest[]) => {
        requests.push(...asked)
        return asked.map(({ correction }) => ({ ...correction, reason: clean, action: 'go to cabinet 1' }))
      },
    }
    const policies = { leak: 'rewrite', available: 'rewrite' } as const
    const reviewed = await reviewCorrections(trajectory, received, { teacher, policies, seed })
    expect(requests.map(({ finding }) => finding)).toEqual([
      'the reason gives away "mug 1", "mug 1 @ cabinet 1", which the student had not seen by then',
      '"dance" is not among the candidate actions of that turn',
    ])
    expect(reviewed.map(({ dropped }) => dropped)).toEqual([undefined, undefined, undefined])
    expect(reviewed[1]).toMatchObject({ reason: clean, rewritten: { cause: 'leak', reason: leaking } })
    expect(countChecks(reviewed)).toMatchObject({
      kept: 3,
      rewritten: { leak: { asked: 1, kept: 1 }, unavailable: { asked: 1, kept: 1 } },
    })
  })

  it('drops what is no better then, and what a teacher leaves out or cannot rewrite', async () => {
    const policies = { leak: 'rewrite' } as const
    const stubborn = { rewrite: async () => [correction(1, 'As said, mug 1 is in cabinet 1.')] }
    const silent = { rewrite: async () => [] }
    for (const [teacher, reason] of [
      [stubborn, 'As said, mug 1 is in cabinet 1.'],
      [silent, leaking],
      [{}, leaking],
    ] as const) {
      const reviewed = await reviewCorrections(trajectory, received, { teacher, policies, seed })
      expect(reviewed).toHaveLength(3)
      expect(reviewed[1]).toMatchObject({ dropped: 'leak', reason })
      expect(reviewed[2]).toMatchObject({ dropped: 'unavailable' })
      expect(reviewed[2]!.rewritten).toBeUndefined()
    }
  })

  it('measures surprise where the step is changed, and drops above the limit', async () => {
    const surprise = vi.fn(async (_: Trajectory, { step }: Correction) => (step === 0 ? 5.12345 : 1))
    const own = { ...correction(1, 'I look.', 'look') }
    const all = [correction(0, clean), own, correction(2, clean, 'dance')]
    const review = (policy: 'keep' | 'drop') =>
      reviewCorrections(trajectory, all, {
        teacher: {},
        reviewers: { surprise },
        policies: { surprise: policy, surpriseLimit: 4 },
        seed,
      })
    const kept = await review('keep')
    expect(kept.map(({ checks, dropped }) => [checks?.surprise, dropped])).toEqual([
      [5.123, undefined],
      [undefined, undefined],
      [undefined, 'unavailable'],
    ])
    expect(surprise).toHaveBeenCalledTimes(1)
    expect((await review('drop'))[0]).toMatchObject({ dropped: 'surprise' })
    expect(countChecks(kept).surprise).toEqual({ measured: 1, nats: 5.123 })
  })

  it('asks the blind judge last, and counts verdicts that cannot be read', async () => {
    const judge = vi.fn(async (_: Trajectory, { step }: Correction) =>
      step === 0 ? { justified: false, because: 'It cannot know.' } : { because: 'Hm.' },
    )
    const all = [correction(0, clean), correction(1, leaking), correction(2, clean)]
    const reviewed = await reviewCorrections(trajectory, all, {
      teacher: {},
      reviewers: { judge },
      policies: { judge: 'drop' },
      seed,
    })
    expect(reviewed.map(({ dropped }) => dropped)).toEqual(['unjustified', 'leak', undefined])
    expect(judge).toHaveBeenCalledTimes(2)
    expect(countChecks(reviewed)).toMatchObject({ found: { unjustified: 1 }, judged: { shown: 2, unreadable: 1 } })
  })
})
