import type { Environment, Episode, Observation } from '../../../contracts/environment.ts'
import type { Task } from '../../../contracts/task.ts'
import { hashText } from '../../../support/hash.ts'
import { renderPrivilege } from '../bash/privileged-state.ts'
import type { SandboxProvider } from '../sandbox/contract.ts'
import { type Book, findBooked, tasksOfSplit } from '../tasks/look-up.ts'
import type { PythonTask } from '../tasks/python-tasks.ts'
import { PythonSession, type PythonTurn, referenceName } from './python-session.ts'

export interface IntercodePythonOptions {
  /** The first 70 % train (one in seven of them is `valid_seen`), the others are `test`, as LEAP's released code divides. */
  tasks: readonly PythonTask[]
  /** Closed with the environment. Needs python3. */
  provider: SandboxProvider
  name?: string
}

/**
 * InterCode Python as an environment: write a function, try it, `submit <function>`. The reward is the share of tests that behave as with the reference
 * solution. Throws a LeapError `SPLIT_UNKNOWN` and `TASK_UNKNOWN` from its methods, and what the sandbox throws.
 */
export function createIntercodePython({
  tasks,
  provider,
  name = 'intercode-python',
}: IntercodePythonOptions): Environment {
  const trained = Math.trunc(0.7 * tasks.length)
  const splitOf = (index: number) => (index >= trained ? 'test' : index % 7 === 6 ? 'valid_seen' : 'train')
  const bySplit = new Map<string, PythonTask[]>([
    ['train', []],
    ['valid_seen', []],
    ['test', []],
  ])
  for (const [index, task] of tasks.entries()) bySplit.get(splitOf(index))!.push(task)
  const byId = new Map(tasks.map((task) => [task.id, task]))
  const book: Book<PythonTask> = {
    source: `${tasks.length} functions`,
    splits: [...bySplit.keys()],
    tasks: (split) => bySplit.get(split)!,
    find: (id) => byId.get(id),
  }
  const find = (task: Task) => findBooked(name, book, task)
  return {
    name,
    splits: book.splits,
    tasks: async (split) => tasksOfSplit(name, book, split, () => 'function'),
    async contentHash(task) {
      const { query, gold, tests, setup } = find(task)
      return hashText([query, gold, setup, ...tests])
    },
    async solution(task) {
      const found = find(task)
      return [found.gold, `submit ${referenceName(found)}`]
    },
    open: async (task) => openEpisode(task, find(task), provider),
    close: () => provider.close(),
  }
}

function openEpisode(task: Task, booked: PythonTask, provider: SandboxProvider): Episode {
  const session = new PythonSession(provider, booked)
  const observe = ({ text, done, reward = 0, executed, flags }: PythonTurn): Observation => ({
    text,
    done,
    score: reward,
    info: { executed, ...(flags.length > 0 ? { flags } : {}) },
  })
  return {
    task,
    instruction: booked.query,
    reset: async () => ({ text: await session.reset(), score: 0, done: false }),
    step: async (action) => observe(await session.step(action)),
    async privilegedState() {
      const { query, gold, tests } = booked
      const text = renderPrivilege({ query, gold, expected: tests.join('\n') })
      return { text, data: { query, gold, tests, name: referenceName(booked) }, secrets: [gold, ...tests] }
    },
    close: () => session.close(),
  }
}
