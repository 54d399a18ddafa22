import type { Trajectory } from '../../contracts/trajectory.ts'
import type { PlacementPrior } from '../../environments/alfworld/agent/placement-prior.ts'
import { openSmallHousehold } from '../../environments/alfworld/testing/small-household.ts'
import { rolloutAll } from '../../execution/rollout.ts'
import { createStudentPolicy } from '../../policies/student.ts'
import { scriptedModel } from '../../policies/testing/scripted-model.ts'
import { createRandom } from '../../support/random.ts'

/** Roll-outs of a real student policy on generated games, for tests; only its model is scripted: it picks any listed action. */
export async function rollOutStudent({ games, maxSteps }: { games: number; maxSteps: number }): Promise<{
  trajectories: Trajectory[]
  prior: PlacementPrior
}> {
  const { environment, tasks, prior } = await openSmallHousehold({ games })
  const model = scriptedModel(
    ({ choice, seed }) => ` Why not, thought ${seed}. ACTION: ${createRandom(seed).choice(choice!.options)}`,
  )
  const trajectories = await rolloutAll({
    environment,
    tasks,
    policy: createStudentPolicy({ name: 'pi_0', model, temperature: 1 }),
    maxSteps,
    seed: 5,
    phase: 'rollout-1',
    recordPrivilege: true,
  })
  return { trajectories, prior }
}
