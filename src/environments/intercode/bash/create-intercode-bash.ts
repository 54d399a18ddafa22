import type { Environment } from '../../../contracts/environment.ts'
import type { Task } from '../../../contracts/task.ts'
import { canonicalJson } from '../../../support/canonical-json.ts'
import { hashText } from '../../../support/hash.ts'
import type { RootDescription, SandboxProvider } from '../sandbox/contract.ts'
import { findBooked, tasksOfSplit } from '../tasks/look-up.ts'
import { openBashEpisode } from './bash-episode.ts'
import { type GoldRun, runGold } from './run-gold.ts'
import type { BookedTask, TaskBook } from './task-book.ts'

export interface IntercodeBashOptions {
  book: TaskBook
  /** Where commands run. Closed with the environment. */
  provider: SandboxProvider
  /** Default `intercode-bash`. */
  name?: string
  /**
   * `none`: the reward comes at `submit`, as LEAP uses it. `reward`: after every action, and shown, and the episode ends at 1: InterCode's "try again".
   * Default `none`.
   */
  feedback?: 'none' | 'reward'
  /** Wall time of one action, milliseconds. Default 10,000, as InterCode's. */
  actionTimeout?: number
}

/**
 * InterCode Bash as an environment: requests on a file system, answered by shell commands and `submit`. Observations, rewards and success are those of the
 * original on the same tasks; success is a reward of exactly 1.
 *
 * @throws LeapError `SPLIT_UNKNOWN` and `TASK_UNKNOWN` from its methods, and what the sandbox throws
 */
export function createIntercodeBash(options: IntercodeBashOptions): Environment {
  const { book, provider, name = 'intercode-bash' } = options
  const goldRuns = new Map<string, Promise<GoldRun>>()
  const goldOnce = ({ id, gold, shell }: BookedTask, root: RootDescription) => {
    const known = goldRuns.get(id) ?? runGold(provider, root, gold, shell)
    goldRuns.set(id, known)
    // A failure is told to those who wait for it now; the next may have more luck.
    known.catch(() => goldRuns.delete(id))
    return known
  }
  const contents = new Map<RootDescription, string>()
  const contentOf = (root: RootDescription) => {
    const known = contents.get(root) ?? hashText([canonicalJson(plain(root))], 64)
    contents.set(root, known)
    return known
  }
  const bookedOf = (task: Task) => findBooked(name, book, task)
  return {
    name,
    splits: book.splits,
    tasks: async (split) => tasksOfSplit(name, book, split, ({ category }) => category),
    async contentHash(task) {
      const booked = bookedOf(task)
      return hashText([booked.query, booked.gold, contentOf(book.rootOf(booked))])
    },
    async solution(task) {
      const { look, gold } = bookedOf(task)
      return [...(look === undefined ? [] : [look]), gold, 'submit']
    },
    async open(task) {
      const booked = bookedOf(task)
      const root = book.rootOf(booked)
      return openBashEpisode(task, booked, root, {
        ...options,
        ...(booked.repeats ? { runGold: () => goldOnce(booked, root) } : {}),
      })
    },
    close: () => provider.close(),
  }
}

/** A description without bytes, which JSON does not have. */
function plain({ files = [], ...root }: RootDescription): unknown {
  const entries = files.map(({ content, ...entry }) => ({
    ...entry,
    content: content instanceof Uint8Array ? Buffer.from(content).toString('base64') : content,
  }))
  return JSON.parse(JSON.stringify({ ...root, entries }))
}
