import type { Environment } from '../contracts/environment.ts'
import { LeapError } from '../contracts/error.ts'
import type { Panel } from '../contracts/panel.ts'
import type { Task } from '../contracts/task.ts'
import { freezePanel } from '../evaluation/panel.ts'
import { createRandom } from '../support/random.ts'
import type { Config } from './config.ts'

export interface ChosenTasks {
  /** Tasks of which demonstrations are made. */
  demonstrations: Task[]
  /** Tasks of each iteration's roll-outs. */
  rollouts: Task[][]
  /** Where the best policy is selected. */
  selection: Panel
  /** What is reported: rooms seen in training, and rooms not seen. */
  reported: Panel[]
}

/**
 * Deals out a domain's tasks: training tasks in an order of the seed, demonstrations first, then fresh ones for each iteration (from the start again when
 * they run out); panels drawn without replacement, the selection apart from what is reported where the split is large enough.
 * Without a split `valid_unseen`, whole rooms of the training split are held out in its place, and nothing else is set in them.
 * Throws a LeapError `GAMES_TOO_FEW`, or what {@link freezePanel} throws for a panel without games.
 */
export async function chooseTasks(environment: Environment, config: Config): Promise<ChosenTasks> {
  const { seed, evaluation } = config
  const shuffle = (tasks: readonly Task[], name: string) => createRandom(seed, name).shuffle(tasks)
  const training = shuffle(await environment.tasks('train'), 'training tasks')
  const hasUnseen = environment.splits.includes('valid_unseen')
  const heldRooms = hasUnseen ? new Set<string>() : holdOutRooms(training, seed)
  const unseen = hasUnseen
    ? shuffle(await environment.tasks('valid_unseen'), 'panel unseen')
    : training.filter((task) => heldRooms.has(roomOf(task)))
  const inSeenRoom = (task: Task) => !heldRooms.has(roomOf(task))
  const usable = training.filter(inSeenRoom)
  const seen = shuffle(await environment.tasks('valid_seen'), 'panel seen').filter(inSeenRoom)
  if (usable.length < config.demonstrations.games)
    throw new LeapError({
      code: 'GAMES_TOO_FEW',
      message: `demonstrations.games asks for ${config.demonstrations.games} training games, found ${usable.length}`,
      remedy: 'Ask for fewer, or give more games.',
    })
  const freeze = (name: string, split: string, tasks: readonly Task[]) =>
    freezePanel(environment, { name, split, select: { kind: 'order', ids: tasks.map(({ id }) => id).sort() } })
  const reportedSeen = seen.slice(0, evaluation.games)
  const rest = seen.slice(evaluation.games, evaluation.games + evaluation.selectionGames)
  const enough = rest.length >= Math.min(evaluation.selectionGames, 60)
  return {
    demonstrations: usable.slice(0, config.demonstrations.games),
    rollouts: Array.from({ length: config.iterations }, (_, index) =>
      dealOut(usable, config.demonstrations.games + index * config.rollouts.games, config.rollouts.games),
    ),
    selection: await freeze('selection', 'valid_seen', enough ? rest : seen.slice(0, evaluation.selectionGames)),
    reported: [
      await freeze('seen', 'valid_seen', reportedSeen),
      await freeze('unseen', hasUnseen ? 'valid_unseen' : 'train', unseen.slice(0, evaluation.games)),
    ],
  }
}

/** `count` tasks from a start on, from the beginning again at the end; never one twice. */
function dealOut(tasks: readonly Task[], start: number, count: number): Task[] {
  return Array.from({ length: Math.min(count, tasks.length) }, (_, index) => tasks[(start + index) % tasks.length]!)
}

/** The floor plan: the last field of the task's folder name, `pick_...-Mug-None-Cabinet-12` -> `12`. */
function roomOf({ id }: Task): string {
  return /-([^-/]+)\/[^/]*$/.exec(id)?.[1] ?? id
}

/** One room in twelve, drawn by the seed. */
function holdOutRooms(tasks: readonly Task[], seed: number): Set<string> {
  const rooms = [...new Set(tasks.map(roomOf))].sort()
  return new Set(
    createRandom(seed, 'held-out rooms')
      .shuffle(rooms)
      .slice(0, Math.ceil(rooms.length / 12)),
  )
}
