import { createRandom } from '../../../support/random.ts'
import { type BashTask, taskId } from '../tasks/bash-tasks.ts'
import { generateWorld } from './generate-world.ts'
import { Draw } from './template.ts'
import { templates } from './templates.ts'
import type { World } from './world.ts'

export const ownSplits = ['train', 'valid_seen', 'valid_unseen'] as const
export type OwnSplit = (typeof ownSplits)[number]

/**
 * How many file systems there are: those of training are used by `valid_seen` too, with other requests. Few are cheap, but a student learns their paths by
 * heart instead of copying them.
 */
export const worldCounts = { seen: 400, unseen: 40 } as const

/** A generated task: what an official one has, and what a teacher and a labeller can use. */
export interface OwnBashTask extends BashTask {
  template: string
  /** What to do before the command: the place of what the request names without it. Absent where the request says all. */
  look?: string
  /** Paths that the command needs and the request does not say. */
  hidden: string[]
  /** Why the command, in words that do not quote it. Names the paths that it needs, which a student has seen by then. */
  reason: string
}

/** The file system in which a task of a split is set. */
export function worldOfTask(seed: number, split: OwnSplit, index: number): World {
  const isSeen = split !== 'valid_unseen'
  const kind = isSeen ? 'seen' : 'unseen'
  const number = index % worldCounts[kind]
  const key = `${seed} ${kind} ${number}`
  const world = worlds.get(key) ?? generateWorld(seed, kind, number)
  if (worlds.size > 500) worlds.clear()
  worlds.set(key, world)
  return world
}

/** Made once: hundreds of tasks are set in each. */
const worlds = new Map<string, World>()

/** One task, determined by seed, split and number alone. */
export function generateTask(seed: number, split: OwnSplit, index: number): OwnBashTask {
  const world = worldOfTask(seed, split, index)
  const random = createRandom(seed, 'intercode task', split, index)
  const template = random.choice(templates)
  const draw = new Draw(world, random)
  const { query, gold, reason } = template.draw(draw)
  const names = draw.hidden.map(({ name }) => `-name ${name}`)
  return {
    id: taskId(split, index),
    fileSystem: world.name,
    row: index,
    query,
    gold,
    category: template.kind,
    template: template.name,
    hidden: draw.hidden.map(({ path }) => path),
    reason,
    ...(names.length === 0 ? {} : { look: `find ${world.top} ${names.join(' -o ')}` }),
  }
}
