import { describeOutput } from '../bash/describe-output.ts'
import { readAction } from '../bash/read-action.ts'
import { runGold } from '../bash/run-gold.ts'
import type { BookedTask, TaskBook } from '../bash/task-book.ts'
import type { RootDescription, Sandbox, SandboxProvider } from '../sandbox/contract.ts'
import { findTask } from './find-task.ts'
import type { RecordedLog } from './recorded-log.ts'

/** Days that an image may have been old when a log was recorded on it, hours to weeks. */
const possibleAges = [0, 10, 40]

/** When InterCode's logs were recorded, by the dates that they print: Try Again in the last week of May 2023, ReAct on the 18th of June. */
const recordedAt = { others: Date.UTC(2023, 4, 26, 12) / 1000, react: Date.UTC(2023, 5, 18, 12) / 1000 }

/** A look at what a file system held at its start, by times of its files. */
interface Look {
  task: BookedTask
  /** As an agent's first command, or as the gold command. */
  command: string
  isGold: boolean
  recorded: string
}

/** A file system as old as the one that a log was recorded on. */
export interface RecordedImage {
  root: RootDescription
  /** Days; what was found by time was found again with this age more often than with others. */
  age: number
  looks: number
  equal: number
}

/**
 * Finds out how old the image was that a log was recorded on: first commands of episodes, and gold commands whose output the log holds, which search by time
 * are asked of images of several ages. A log without any is taken to be of an image of the usual age.
 */
export async function findRecordedImage(
  log: RecordedLog,
  tasks: readonly BookedTask[],
  { rootOf }: Pick<TaskBook, 'rootOf'>,
  provider: SandboxProvider,
  signal?: AbortSignal,
): Promise<RecordedImage> {
  const usual = rootOf(tasks[0]!)
  const clock = log.isReact ? recordedAt.react : recordedAt.others
  const looks = looksOf(log, tasks)
  const ages = [...new Set([usual.age ?? 0, ...possibleAges])]
  let best: RecordedImage | undefined
  for (const age of looks.length === 0 ? ages.slice(0, 1) : ages) {
    signal?.throwIfAborted()
    const root: RootDescription = { ...usual, age, clock }
    let equal = 0
    const sandbox = looks.length === 0 ? undefined : await provider.start(root)
    try {
      for (const look of looks) {
        const found = look.isGold
          ? (await runGold(provider, root, look.command, look.task.shell)).output
          : await ask(sandbox!, look)
        if (sortedLines(found ?? '') === sortedLines(look.recorded)) equal++
      }
    } finally {
      await sandbox?.close()
    }
    if (best === undefined || equal > best.equal) best = { root, age, looks: looks.length, equal }
  }
  return best!
}

function looksOf(log: RecordedLog, tasks: readonly BookedTask[]): Look[] {
  return log.episodes.flatMap((episode) => {
    const task = findTask(tasks, episode, log)
    const first = episode.turns.find(({ isPlayed }) => isPlayed)
    return [
      ...(first !== undefined && !first.isCut && byTime.test(first.action)
        ? [{ task, command: first.action, isGold: false, recorded: first.observation }]
        : []),
      ...(episode.evidence?.goldOutput != null && byTime.test(task.gold)
        ? [{ task, command: task.gold, isGold: true, recorded: episode.evidence.goldOutput }]
        : []),
    ]
  })
}

async function ask(sandbox: Sandbox, { command, task }: Look): Promise<string | undefined> {
  const action = readAction(command, '/', task.shell)
  if (action.kind !== 'run') return undefined
  const result = await sandbox.run({ argv: action.argv, directory: action.cwd })
  await sandbox.reset()
  return describeOutput(result, { directory: action.cwd, program: action.argv[0]! })
}

/** Days, not minutes: those depend on how long an agent thought. */
const byTime = /-[acm]time\b/

const sortedLines = (text: string) => text.split('\n').sort().join('\n')
