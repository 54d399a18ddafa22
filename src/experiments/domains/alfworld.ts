import type { Domain } from '../../contracts/domain.ts'
import type { Environment } from '../../contracts/environment.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'
import { believe } from '../../environments/alfworld/agent/believe.ts'
import { explain } from '../../environments/alfworld/agent/explain.ts'
import { kindOf } from '../../environments/alfworld/agent/kinds.ts'
import { learnPlacements } from '../../environments/alfworld/agent/learn-placements.ts'
import type { Belief } from '../../environments/alfworld/belief.ts'
import { createAlfworld } from '../../environments/alfworld/create-alfworld.ts'
import { createGame } from '../../environments/alfworld/game.ts'
import { openGames } from '../../environments/alfworld/games/open-games.ts'
import { createGeneratedHousehold } from '../../environments/alfworld/generator/generated-environment.ts'
import {
  type GeneratedSplit,
  type GeneratorOptions,
  HouseholdGenerator,
} from '../../environments/alfworld/generator/generator.ts'
import { officialMix } from '../../environments/alfworld/generator/task-choice.ts'
import type { TaskType } from '../../environments/alfworld/generator/task-targets.ts'
import type { WorldState } from '../../environments/alfworld/world-state.ts'
import { createExploringAgent, createInformedAgent, createSystematicAgent } from '../../policies/scripted/household.ts'
import { createRandom } from '../../support/random.ts'
import { createPlanFollower } from '../../teachers/plan-follower.ts'
import { createPlannerPolicy, createPlannerTeacher } from '../../teachers/planner.ts'
import { replayRows } from '../base/replay.ts'

export interface AlfworldDomainOptions {
  /** Folder, archive or file of official games. Absent: games generated from the seed. */
  games?: string
  text?: 'as-is' | '2.1.1'
  /** Seed of generated games, and of the sample of training rooms from which placements are learnt. */
  seed: number
  /** Generated games per split. */
  counts?: Partial<Record<GeneratedSplit, number>>
  /** Kinds of generated tasks; all if left out. */
  tasks?: readonly TaskType[] | undefined
  /** Generated tasks are set in rooms of at most so many receptacles. */
  largestRoom?: number | undefined
}

/** How many training rooms the informed agent and the teacher have learnt placements from. */
const roomsSeen = 400

/** The household games with their scripted teacher (no key, no network), their labeller and their scripted agents. */
export async function openAlfworldDomain(options: AlfworldDomainOptions): Promise<Domain> {
  const { environment, rooms } =
    options.games === undefined ? generated(options) : await official(options, options.games)
  const prior = learnPlacements(rooms)
  return {
    environment,
    teacher: (settings) => createPlannerTeacher({ ...settings, prior }),
    teacherPolicy: (settings) => createPlannerPolicy({ ...settings, prior }),
    baselines: () => [
      createExploringAgent(),
      createSystematicAgent(),
      createInformedAgent(prior),
      createPlanFollower(),
    ],
    explain: (demonstration) =>
      demonstration.steps.map((step, index) => explain(beliefAt(demonstration, index), step.action)),
    replay: replayRows,
    kindOf: (trajectory, step) => kindOf(beliefAt(trajectory, step), trajectory.steps[step]!.action),
    searchProbe: {
      place: ({ action }) => /^go to (.+)$/.exec(action)?.[1],
      isSearching: (trajectory, step) => {
        const belief = beliefAt(trajectory, step)
        return belief.holding === undefined && belief.whereIs(belief.goal.object).length === 0
      },
    },
  }
}

function generated({ seed, counts, tasks, largestRoom }: AlfworldDomainOptions): {
  environment: Environment
  rooms: Iterable<WorldState>
} {
  const options: GeneratorOptions = {
    seed,
    ...(tasks ? { mix: Object.fromEntries(tasks.map((type) => [type, officialMix[type]])) } : {}),
    ...(largestRoom === undefined ? {} : { largestRoom }),
  }
  const generator = new HouseholdGenerator(options)
  const seen = Math.min(roomsSeen, counts?.train ?? roomsSeen)
  return {
    environment: createGeneratedHousehold({ ...options, ...(counts ? { counts } : {}) }),
    rooms: Array.from({ length: seen }, (_, index) => generator.game('train', index).world),
  }
}

async function official({ seed, text = 'as-is' }: AlfworldDomainOptions, path: string) {
  const library = await openGames(path)
  const training = library.entries.filter(({ split }) => split === 'train')
  const sample = createRandom(seed, 'rooms seen').shuffle(training).slice(0, roomsSeen)
  return {
    environment: await createAlfworld({ games: library, text }),
    rooms: sample.map((entry) => createGame(entry.read(), entry.source).start().worldState()),
  }
}

function beliefAt({ instruction, steps }: Trajectory, index: number): Belief {
  return believe(instruction, steps.slice(0, index), steps[index]!)
}
