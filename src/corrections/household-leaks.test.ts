import { beforeAll, describe, expect, it } from 'vitest'
import type { PrivilegeLevel } from '../contracts/domain.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { PlacementPrior } from '../environments/alfworld/agent/placement-prior.ts'
import { createGeneratedHousehold } from '../environments/alfworld/generator/generated-environment.ts'
import { rolloutAll } from '../execution/rollout.ts'
import { randomPolicy } from '../execution/testing/toy-policies.ts'
import { createPlannerTeacher } from '../teachers/planner.ts'
import { checkCorrections } from './check-corrections.ts'
import { countChecks } from './check-counts.ts'

/** Real games, real privileged states, the real scripted teacher: its wording and the checks must agree on what a leak is. */
describe('the checks on the planner teacher', () => {
  let trajectories: Trajectory[]
  beforeAll(async () => {
    const environment = createGeneratedHousehold({ seed: 5 })
    trajectories = await rolloutAll({
      environment,
      tasks: (await environment.tasks('train')).slice(0, 20),
      policy: randomPolicy(),
      maxSteps: 15,
      seed: 1,
      phase: 'rollout-1',
      recordPrivilege: true,
    })
  })
  const correct = async (level: PrivilegeLevel) => {
    const teacher = createPlannerTeacher({ level, lambda: 1, prior: new PlacementPrior() })
    const all = []
    for (const trajectory of trajectories) {
      all.push(...checkCorrections(trajectory, await teacher.correct(trajectory, { seed: 1 })).corrections)
    }
    return all
  }

  it.each([1, 2, 3] as const)('finds nothing at level %i, which says nothing hidden', async (level) => {
    const corrections = await correct(level)
    const { received, kept, found } = countChecks(corrections)
    expect(received).toBe(trajectories.flatMap(({ steps }) => steps).length)
    expect(corrections.filter(({ dropped }) => dropped !== undefined).slice(0, 3)).toEqual([])
    expect(kept).toBe(received)
    expect(found).toMatchObject({ leak: 0, mention: 0 })
  })

  it('drops what level 5 says of the hidden place, unless the student has seen it there', async () => {
    const told = (await correct(5)).filter(({ reason }) => /^The \S+ \d+ is in \S+ \d+\./.test(reason))
    const passed = told.filter(({ dropped }) => dropped === undefined)
    expect(told.length).toBeGreaterThan(50)
    expect(passed.length).toBeLessThan(0.2 * told.length)
    for (const { trajectoryId, step, reason } of passed) {
      const [, object = '', place = ''] = /^The (\S+ \d+) is in (\S+ \d+)\./.exec(reason) ?? []
      const { steps } = trajectories.find(({ id }) => id === trajectoryId)!
      const seen = steps.slice(0, step + 1).map(({ observation, candidates = [] }) => [observation, ...candidates])
      expect(
        seen.flat().some((text) => text.includes(object) && text.includes(place)),
        reason,
      ).toBe(true)
    }
  })
})
