import type { Episode, Observation } from '../../contracts/environment.ts'
import type { Task } from '../../contracts/task.ts'
import type { Game } from './game.ts'
import type { CommandShapes } from './planner/command-shapes.ts'
import { describePrivilege } from './planner/privileged-state.ts'
import type { StepResult } from './session.ts'

/** A live play of a game behind the contract of every environment. `shapes` is how the game words its commands. */
export function openHouseholdEpisode(task: Task, game: Game, shapes: CommandShapes): Episode {
  const session = game.start()
  return {
    task,
    instruction: game.goalText,
    reset: async () => observe(session.reset()),
    step: async (action) => observe(session.step(action)),
    privilegedState: async () => describePrivilege(session.worldState(), game.goalText, shapes),
    close: async () => {},
  }
}

/** The engine shares its lists of commands between steps; what leaves it is the caller's own. */
function observe({ text, score, done, candidates }: StepResult): Observation {
  return { text, score, done, candidates: [...candidates] }
}
