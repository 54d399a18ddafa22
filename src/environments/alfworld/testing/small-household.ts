import type { Environment } from '../../../contracts/environment.ts'
import type { Task } from '../../../contracts/task.ts'
import { learnPlacements } from '../agent/learn-placements.ts'
import type { PlacementPrior } from '../agent/placement-prior.ts'
import { createGeneratedHousehold } from '../generator/generated-environment.ts'
import { HouseholdGenerator } from '../generator/generator.ts'

/** A few generated games, for tests, with the placements of 200 training rooms of the same seed. */
export async function openSmallHousehold({ seed = 'small household', games = 40 } = {}): Promise<{
  environment: Environment
  /** Training games of all six types. */
  tasks: Task[]
  prior: PlacementPrior
}> {
  const environment = createGeneratedHousehold({
    seed,
    counts: { train: games, valid_seen: games, valid_unseen: games },
  })
  const generator = new HouseholdGenerator({ seed })
  const rooms = Array.from({ length: 200 }, (_, index) => generator.game('train', index).world)
  return { environment, tasks: await environment.tasks('train'), prior: learnPlacements(rooms) }
}
