import { beforeAll, describe, expect, it } from 'vitest'
import type { PrivilegeLevel } from '../contracts/domain.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { createWebshop } from '../environments/webshop/environment/create-webshop.ts'
import { smallShop } from '../environments/webshop/testing/small-shop.ts'
import { rolloutAll } from '../execution/rollout.ts'
import { createHastyShopper } from '../policies/scripted/shopper.ts'
import { createShopTeacher } from '../teachers/webshop/shop-teacher.ts'
import { checkCorrections } from './check-corrections.ts'

/** Real requests, real privileged states, the real scripted teacher: its wording and the checks must agree on what a leak is. */
describe('the checks on the teacher of shopping', () => {
  let trajectories: Trajectory[]
  beforeAll(async () => {
    const environment = createWebshop(smallShop())
    trajectories = await rolloutAll({
      environment,
      tasks: (await environment.tasks('test')).slice(0, 60),
      policy: createHastyShopper(),
      maxSteps: 15,
      seed: 1,
      phase: 'hasty',
      recordPrivilege: true,
    })
  })
  const correct = (level: PrivilegeLevel, trajectory: Trajectory) =>
    createShopTeacher({ level, lambda: 1 }).correct(trajectory, { seed: 1 })

  it('find every action possible and no leak at level 3, whose reasons are in words of the student’s own', async () => {
    let corrected = 0
    for (const trajectory of trajectories) {
      for (const { checks, dropped, isCorrected } of checkCorrections(trajectory, await correct(3, trajectory))
        .corrections) {
        expect(checks?.available).toBe(true)
        expect(checks?.leaks).toEqual([])
        expect(dropped).toBeUndefined()
        if (isCorrected) corrected++
      }
    }
    expect(corrected).toBeGreaterThan(30)
  })

  it('find the leak of a level 5 that searches for the hidden title', async () => {
    const [first] = await correct(5, trajectories[0]!)
    expect(checkCorrections(trajectories[0]!, [first!]).corrections[0]!.dropped).toBe('leak')
  })
})
