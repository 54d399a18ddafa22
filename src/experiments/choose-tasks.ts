import type { DomainPanels } from '../contracts/domain.ts'
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
export async function chooseTasks(
  environment: Environment,
  config: Config,
  panels?: DomainPanels,
): Promise<ChosenTasks> {
  if (panels !== undefined) return chooseFromSplits(environment, config, panels)
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
  checkEnough(usable, config)
  const freeze = (name: string, split: string, tasks: readonly Task[]) =>
    freezePanel(environment, { name, split, select: { kind: 'order', ids: tasks.map(({ id }) => id).sort() } })
  const reportedSeen = seen.slice(0, evaluation.games)
  const rest = seen.slice(evaluation.games, evaluation.games + evaluation.selectionGames)
  const enough = rest.length >= Math.min(evaluation.selectionGames, 60)
  return {
    ...dealTraining(usable, config),
    selection: await freeze('selection', 'valid_seen', enough ? rest : seen.slice(0, evaluation.selectionGames)),
    reported: [
      await freeze('seen', 'valid_seen', reportedSeen),
      await freeze('unseen', hasUnseen ? 'valid_unseen' : 'train', unseen.slice(0, evaluation.games)),
    ],
  }
}

/** The same for a domain with splits of its own: the selection and each reported panel are samples of theirs, apart from each other within one split. */
async function chooseFromSplits(
  environment: Environment,
  config: Config,
  { selection, reported }: DomainPanels,
): Promise<ChosenTasks> {
  const { seed, evaluation } = config
  const training = createRandom(seed, 'training tasks').shuffle(await environment.tasks('train'))
  checkEnough(training, config)
  const taken = new Set<string>()
  const draw = async (name: string, split: string, count: number) => {
    const tasks = createRandom(seed, 'panel', split).shuffle(await environment.tasks(split))
    const fresh = tasks.filter(({ id }) => !taken.has(id))
    const ids = (fresh.length > 0 ? fresh : tasks).slice(0, count).map(({ id }) => id)
    for (const id of ids) taken.add(id)
    return freezePanel(environment, { name, split, select: { kind: 'order', ids: ids.sort() } })
  }
  const panels: Panel[] = []
  for (const { name, split } of reported) panels.push(await draw(name, split, evaluation.games))
  return {
    ...dealTraining(training, config),
    selection: await draw('selection', selection, evaluation.selectionGames),
    reported: panels,
  }
}

function checkEnough(usable: readonly Task[], { demonstrations: { games } }: Config): void {
  if (usable.length >= games) return
  throw new LeapError({
    code: 'GAMES_TOO_FEW',
    message: `demonstrations.games asks for ${games} training games, found ${usable.length}`,
    remedy: 'Ask for fewer, or give more games.',
  })
}

function dealTraining(usable: readonly Task[], { demonstrations: { games }, rollouts, iterations }: Config) {
  return {
    demonstrations: usable.slice(0, games),
    rollouts: Array.from({ length: iterations }, (_, index) =>
      dealOut(usable, games + index * rollouts.games, rollouts.games),
    ),
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
