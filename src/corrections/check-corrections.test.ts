import { describe, expect, it } from 'vitest'
import { type Correction, correctionSchema } from '../contracts/correction.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { rolloutAll } from '../execution/rollout.ts'
import { createToyEnvironment } from '../execution/testing/toy-environment.ts'
import { scriptedPolicy } from '../execution/testing/toy-policies.ts'
import { checkCorrections } from './check-corrections.ts'
import { countChecks } from './check-counts.ts'

/** A real roll-out of a student that waits: the ball is in the box that the privileged state names. */
const trajectory = await (async (): Promise<Trajectory> => {
  const environment = createToyEnvironment({ count: 1 })
  const [found] = await rolloutAll({
    environment,
    tasks: await environment.tasks('train'),
    policy: scriptedPolicy('pi_0', () => 'wait'),
    maxSteps: 3,
    seed: 1,
    phase: 'rollout-1',
    recordPrivilege: true,
  })
  return found!
})()
const box = trajectory.steps[0]!.privileged!.data.box
const walk = `go to box ${box}`
const correction = (step: number, more: Partial<Correction> = {}): Correction => ({
  trajectoryId: trajectory.id,
  step,
  reason: 'I have not looked there yet.',
  action: walk,
  isCorrected: true,
  ...more,
})
const causes = (received: unknown[], policies = {}) =>
  checkCorrections(trajectory, received, policies).corrections.map(({ dropped }) => dropped)

describe('checkCorrections', () => {
  it('keeps sound corrections with clean verdicts', () => {
    const { corrections, counts } = checkCorrections(trajectory, [correction(0), correction(2)])
    expect(corrections.map(({ step, dropped, checks }) => ({ step, dropped, checks }))).toEqual(
      [0, 2].map((step) => ({ step, dropped: undefined, checks: { available: true, leaks: [], mentions: [] } })),
    )
    expect(counts).toMatchObject({
      received: 2,
      kept: 2,
      corrected: 2,
      dropped: {},
      found: { unavailable: 0, leak: 0, hint: 0, mention: 0 },
    })
  })

  it.each<[string, unknown[], (string | undefined)[]]>([
    ['an impossible action', [correction(0, { action: 'fly' })], ['unavailable']],
    ['a leak', [correction(0, { reason: `The ball is in box ${box}.` })], ['leak']],
    ['an unseen object', [correction(0, { reason: 'I want ball 1.' })], ['leak']],
    ['a confession', [correction(0, { reason: 'The optimal plan says so.' })], ['mention']],
    ['another trajectory', [correction(0, { trajectoryId: 'other' })], ['wrong-trajectory']],
    ['a step that was not', [correction(3)], ['unknown-step']],
    ['a step twice', [correction(1), correction(1)], [undefined, 'duplicate-step']],
    ['a step out of order', [correction(2), correction(1)], [undefined, 'out-of-order']],
    ['an empty reason', [correction(0, { reason: ' ' })], ['empty-reason']],
    ['an empty action', [correction(0, { action: '' })], ['empty-action']],
    ['a missing field', [{ step: 1, reason: 'x' }], ['malformed']],
    ['a wrong type', [null, 'text', undefined], ['malformed', 'malformed', 'malformed']],
    ['a cause of the teacher', [correction(0, { dropped: 'refused' })], ['refused']],
  ])('drops %s with its cause', (_, received, expected) => {
    const { corrections, counts } = checkCorrections(trajectory, received)
    expect(corrections.map(({ dropped }) => dropped)).toEqual(expected)
    expect(counts.received).toBe(received.length)
    expect(counts.kept + Object.values(counts.dropped).reduce((sum, count) => sum + count, 0)).toBe(received.length)
    for (const found of corrections) correctionSchema.parse(found)
  })

  it('keeps the text of what is malformed', () => {
    const { corrections } = checkCorrections(trajectory, [{ step: 1, reason: 'half' }])
    expect(corrections[0]).toMatchObject({ step: 1, reason: '{"step":1,"reason":"half"}', trajectoryId: trajectory.id })
  })

  it('marks instead of dropping, or does not look, as told', () => {
    const leaking = correction(0, { reason: `The ball is in box ${box}.`, action: 'fly' })
    const marked = checkCorrections(trajectory, [leaking], { leak: 'keep', available: 'keep' })
    expect(marked.corrections[0]).toMatchObject({ checks: { available: false, leaks: [`ball 1 @ box ${box}`] } })
    expect(marked.corrections[0]!.dropped).toBeUndefined()
    expect(marked.counts).toMatchObject({ kept: 1, found: { unavailable: 1, leak: 1 } })
    const off = checkCorrections(trajectory, [leaking], { leak: 'off', available: 'keep', mention: 'off' })
    expect(off.corrections[0]!.checks).toEqual({ available: false })
  })

  it('counts hints without dropping them', () => {
    const { counts, corrections } = checkCorrections(trajectory, [
      correction(0, { reason: `Perhaps the ball is in box ${box}.` }),
    ])
    expect(counts).toMatchObject({ kept: 1, found: { hint: 1, leak: 0 } })
    expect(corrections[0]!.checks!.hints).toEqual([`ball 1 @ box ${box}`])
  })

  it('says itself whether something was corrected, and does not search the student’s own reason', () => {
    const { reason, action } = trajectory.steps[0]!
    const own = checkCorrections(trajectory, [correction(0, { reason, action, isCorrected: true })], {
      available: 'keep',
    })
    expect(own.corrections[0]).toMatchObject({ isCorrected: false, checks: { leaks: [] } })
    expect(own.counts).toMatchObject({ kept: 1, corrected: 0 })
    const changed = checkCorrections(trajectory, [correction(0, { isCorrected: false })])
    expect(changed.corrections[0]!.isCorrected).toBe(true)
  })

  it('drops everything that is left when steps are missing and every step was asked for', () => {
    const policies = { coverage: 'every-step' } as const
    expect(causes([correction(0), correction(1, { action: 'fly' })], policies)).toEqual(['incomplete', 'unavailable'])
    expect(causes([correction(0), correction(1), correction(2)], policies)).toEqual([undefined, undefined, undefined])
  })

  it('refuses to call corrections clean that it cannot check', () => {
    const blind = { ...trajectory, steps: trajectory.steps.map(({ privileged: _, ...step }) => step) }
    expect(() => checkCorrections(blind, [correction(1)])).toThrow(/step 1: expected a privileged state/)
    expect(() => checkCorrections(blind, [correction(1)])).toThrow(
      expect.objectContaining({ code: 'PRIVILEGE_MISSING' }),
    )
    expect(checkCorrections(blind, [correction(1)], { leak: 'off' }).counts.kept).toBe(1)
  })
})

describe('countChecks', () => {
  it('adds up corrections of many trajectories', () => {
    const { corrections } = checkCorrections(trajectory, [correction(0), correction(1, { action: 'fly' }), null])
    expect(countChecks([...corrections, ...corrections])).toMatchObject({
      received: 6,
      kept: 2,
      dropped: { unavailable: 2, malformed: 2 },
    })
  })
})
