import { PythonSession } from '../python/python-session.ts'
import type { SandboxProvider } from '../sandbox/contract.ts'
import type { PythonTask } from '../tasks/python-tasks.ts'
import { findTask } from './find-task.ts'
import type { RecordedEpisode, RecordedLog } from './recorded-log.ts'
import { countDifference, countReward, emptyTally, type Tally } from './tally.ts'

export interface VerifyPythonOptions {
  log: RecordedLog
  tasks: readonly PythonTask[]
  provider: SandboxProvider
  /** How many episodes at once. Default 1. */
  concurrency?: number
  signal?: AbortSignal
  onEpisode?: () => void
}

/**
 * Plays a Python log again. The runner submitted every answer that begins with a definition, under the name that it defines, and after it the interpreter held
 * the gold solution and nothing else: later answers ran there. What it showed of failed tests are its own words, so only other observations are compared.
 */
export async function verifyPython(options: VerifyPythonOptions): Promise<Tally> {
  const tally = emptyTally()
  const waiting = [...options.log.episodes]
  const work = async () => {
    for (let episode = waiting.shift(); episode !== undefined; episode = waiting.shift()) {
      options.signal?.throwIfAborted()
      await playEpisode(episode, options, tally)
      options.onEpisode?.()
    }
  }
  await Promise.all(Array.from({ length: options.concurrency ?? 1 }, work))
  tally.differences.sort((a, b) => (a.where < b.where ? -1 : 1))
  return tally
}

async function playEpisode(episode: RecordedEpisode, options: VerifyPythonOptions, tally: Tally): Promise<void> {
  const { log, tasks, provider } = options
  const task = findTask(tasks, episode, log)
  const session = new PythonSession(provider, task)
  tally.episodes++
  try {
    await session.reset()
    for (const [index, turn] of episode.turns.entries()) {
      if (!turn.isPlayed) {
        tally.skipped++
        continue
      }
      const { text } = await session.step(turn.action)
      tally.turns++
      const isShown = !ownWords.test(turn.observation)
      if (isShown) tally.observed++
      if (isShown && asAnyVersion(text) === asAnyVersion(turn.observation)) tally.observationsEqual++
      const name = turn.action.startsWith('def') ? /^def (\w+)\(/.exec(turn.action)?.[1] : undefined
      // Without a definition nothing was submitted, and what was recorded as a reward is none.
      if (name === undefined || !turn.isScored) continue
      const reward = await session.score(name, { staysAsInOriginal: true })
      if (countReward(tally, turn.reward, reward)) continue
      const where = `${task.id}, turn ${index}`
      countDifference(tally, { where, action: turn.action, cause: 'other', expected: turn.reward, found: reward })
    }
  } finally {
    await session.close()
  }
}

/** What the runner says in the place of an observation when a test has failed. */
const ownWords = /^(Test case did not pass|Failed \d+\/\d+ Test Cases|Failed Test Case: )/

/** Python words its syntax errors anew in every version; that there is one, and in which line, stays. */
const asAnyVersion = (text: string) =>
  text.replace(/Error: [^(]*\(<(?:string|unknown)>, line (\d+)\)/, 'Error: syntax, line $1')
