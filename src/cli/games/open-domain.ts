import { resolve } from 'node:path'
import type { Domain } from '../../contracts/domain.ts'
import type { Environment } from '../../contracts/environment.ts'
import type { Policy } from '../../contracts/policy.ts'
import type { GamesOptions } from './games-options.ts'

/** Opens the games that the options name, with what comes with them (agents, teacher). */
export type OpenDomain = (options: Pick<GamesOptions, 'games' | 'seed' | 'text'> & { cwd: string }) => Promise<Domain>

/** How many generated training rooms the informed agent has seen. */
const roomsSeen = 400

/** The household games: official files where a path is given, else games made from the seed. */
export const openDomain: OpenDomain = async ({ games, seed, text, cwd }) => {
  const environment = games === undefined ? await generated(seed) : await official(resolve(cwd, games), text)
  const { createPlannerPolicy, createPlannerTeacher } = await import('../../teachers/planner.ts')
  const prior = await learnPrior(seed)
  const { createInformedAgent, createSystematicAgent } = await import('../../policies/scripted/household.ts')
  const { createPlanFollower } = await import('./plan-follower.ts')
  return {
    environment,
    teacher: (settings) => createPlannerTeacher({ ...settings, prior }),
    teacherPolicy: (settings) => createPlannerPolicy({ ...settings, prior }),
    baselines: (): Policy[] => [createSystematicAgent(), createInformedAgent(prior), createPlanFollower()],
  }
}

async function generated(seed: number): Promise<Environment> {
  const { createGeneratedHousehold } = await import('../../environments/alfworld/generator/generated-environment.ts')
  return createGeneratedHousehold({ seed })
}

async function official(games: string, text: GamesOptions['text']): Promise<Environment> {
  const { createAlfworld } = await import('../../environments/alfworld/create-alfworld.ts')
  return createAlfworld({ games, text })
}

async function learnPrior(seed: number) {
  const { HouseholdGenerator } = await import('../../environments/alfworld/generator/generator.ts')
  const { PlacementPrior } = await import('../../environments/alfworld/agent/placement-prior.ts')
  const prior = new PlacementPrior()
  const generator = new HouseholdGenerator({ seed })
  for (let index = 0; index < roomsSeen; index++) {
    const { world } = generator.game('train', index)
    const inside = new Map<string, string[]>(world.receptacles.map(({ name }) => [name, []]))
    for (const { name, receptacles } of world.objects) for (const place of receptacles) inside.get(place)?.push(name)
    prior.add([...inside].map(([receptacle, objects]) => ({ receptacle, objects })))
  }
  return prior
}
