import type { Environment, Episode, Observation } from '../../../contracts/environment.ts'
import { LeapError } from '../../../contracts/error.ts'
import type { Task } from '../../../contracts/task.ts'
import { hashText } from '../../../support/hash.ts'
import { renderPrivilege } from '../bash/privileged-state.ts'
import type { SandboxProvider } from '../sandbox/contract.ts'
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
  const find = ({ id }: Task): PythonTask => {
    const task = byId.get(id)
    if (task !== undefined) return task
    throw new LeapError({
      code: 'TASK_UNKNOWN',
      message: `${name}: expected the id of one of ${tasks.length} tasks, found "${id}"`,
      remedy: 'Give the data folder that the task is of, or make the panel again.',
    })
  }
  return {
    name,
    splits: [...bySplit.keys()],
    async tasks(split) {
      const found = bySplit.get(split)
      if (found === undefined)
        throw new LeapError({
          code: 'SPLIT_UNKNOWN',
          message: `${name}: no split "${split}" (available: ${[...bySplit.keys()].join(', ')})`,
        })
      return found.map(({ id }) => ({ id, environment: name, split, category: 'function' }))
    },
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
