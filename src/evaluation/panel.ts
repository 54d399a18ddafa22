import type { Environment } from '../contracts/environment.ts'
import { LeapError } from '../contracts/error.ts'
import { type Panel, panelSchema } from '../contracts/panel.ts'
import type { Task } from '../contracts/task.ts'
import { compareText } from '../support/compare-text.ts'
import { hashText } from '../support/hash.ts'
import { createRandom } from '../support/random.ts'

/** Which tasks of a split make the panel. */
export type PanelSelection =
  | { kind: 'all' }
  /** The first `count` tasks by id. */
  | { kind: 'first'; count: number }
  /** A seeded sample without replacement, kept sorted by id. Does not depend on the order in which tasks are listed. */
  | { kind: 'sample'; count: number; seed: number }
  /** Exactly these ids in this order, for example an official test order. */
  | { kind: 'order'; ids: readonly string[] }

/**
 * Freezes a panel. Throws a LeapError `PANEL_EMPTY`, `PANEL_TOO_SMALL` (fewer tasks than asked for), `PANEL_DUPLICATE`,
 * `PANEL_TASK_UNKNOWN`, or whatever the environment throws for an unknown split.
 */
export async function freezePanel(
  environment: Environment,
  { name, split, select = { kind: 'all' } }: { name: string; split: string; select?: PanelSelection },
): Promise<Panel> {
  const tasks = choose(await environment.tasks(split), select, name, split)
  if (tasks.length === 0) {
    throw new LeapError({
      code: 'PANEL_EMPTY',
      message: `Panel ${name}: expected at least one task, found none in split "${split}".`,
      remedy: 'Check the split and the game source.',
    })
  }
  return panelSchema.parse({
    name,
    environment: environment.name,
    taskIds: tasks.map(({ id }) => id),
    hash: await hashTasks(environment, tasks),
  })
}

/**
 * Finds the tasks of a panel, in its order, and proves that they are the ones it was frozen with.
 * Throws a LeapError `PANEL_TASK_UNKNOWN` for a task that the environment no longer has, `PANEL_CHANGED` if the hash differs.
 */
export async function resolvePanel(environment: Environment, panel: Panel): Promise<Task[]> {
  if (panel.environment !== environment.name) {
    throw changed(panel, `is of environment "${panel.environment}"`, `this is "${environment.name}"`)
  }
  const known = new Map<string, Task>()
  for (const split of environment.splits) {
    if (panel.taskIds.every((id) => known.has(id))) break
    for (const task of await environment.tasks(split)) known.set(task.id, task)
  }
  const tasks = panel.taskIds.map((id) => known.get(id) ?? unknownTask(panel.name, id))
  const hash = await hashTasks(environment, tasks)
  if (hash !== panel.hash) throw changed(panel, `has hash ${panel.hash}`, `its tasks now have ${hash}`)
  return tasks
}

/** The hash of {@link Panel}: environment, then id and content hash of each task in order. */
async function hashTasks(environment: Environment, tasks: readonly Task[]): Promise<string> {
  const parts = [environment.name]
  for (const task of tasks) parts.push(task.id, await environment.contentHash(task))
  return hashText(parts, 12)
}

function choose(tasks: readonly Task[], select: PanelSelection, name: string, split: string): readonly Task[] {
  const sorted = [...tasks].sort((a, b) => compareText(a.id, b.id))
  if (select.kind === 'all') return sorted
  if (select.kind === 'order') return inOrder(sorted, select.ids, name)
  if (sorted.length < select.count) {
    throw new LeapError({
      code: 'PANEL_TOO_SMALL',
      message: `Panel ${name}: expected ${select.count} tasks, found ${sorted.length} in split "${split}".`,
      remedy: `Ask for at most ${sorted.length}, or give more games.`,
    })
  }
  if (select.kind === 'first') return sorted.slice(0, select.count)
  const drawn = createRandom(select.seed, 'panel').shuffle(sorted).slice(0, select.count)
  return drawn.sort((a, b) => compareText(a.id, b.id))
}

function inOrder(tasks: readonly Task[], ids: readonly string[], name: string): Task[] {
  const byId = new Map(tasks.map((task) => [task.id, task]))
  const seen = new Set<string>()
  return ids.map((id, index) => {
    if (seen.has(id)) {
      throw new LeapError({
        code: 'PANEL_DUPLICATE',
        message: `Panel ${name}: expected every task once, found ${id} again at position ${index + 1}.`,
      })
    }
    seen.add(id)
    return byId.get(id) ?? unknownTask(name, id)
  })
}

function unknownTask(panel: string, id: string): never {
  throw new LeapError({
    code: 'PANEL_TASK_UNKNOWN',
    message: `Panel ${panel}: expected to find task ${id}, but the environment does not have it.`,
    remedy: 'Give the game source with which the panel was frozen.',
  })
}

function changed(panel: Panel, expected: string, found: string): LeapError {
  return new LeapError({
    code: 'PANEL_CHANGED',
    message: `Panel ${panel.name} ${expected}, but ${found}.`,
    remedy:
      'The games are not those of the panel: results would not be comparable. Use the original games or freeze a new panel.',
  })
}
