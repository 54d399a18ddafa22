import { PythonSession } from '../python/python-session.ts'
import type { SandboxProvider } from '../sandbox/contract.ts'
import type { PythonTask } from '../tasks/python-tasks.ts'
import { findTask } from './find-task.ts'
import type { RecordedLog } from './recorded-log.ts'
import { emptyTally, isSameReward, type Tally } from './tally.ts'

export interface VerifyPythonOptions {
  log: RecordedLog
  tasks: readonly PythonTask[]
  provider: SandboxProvider
  signal?: AbortSignal
  onEpisode?: () => void
}

/**
 * Plays a Python log again: every action defines a function, which is then scored. The runner shows results of tests in its own words, so only the
 * observations of turns that passed are compared.
 */
export async function verifyPython(options: VerifyPythonOptions): Promise<Tally> {
  const { log, tasks, provider, signal, onEpisode } = options
  const tally = emptyTally()
  for (const episode of log.episodes) {
    signal?.throwIfAborted()
    const task = findTask(tasks, episode, log)
    const session = new PythonSession(provider, task)
    tally.episodes++
    try {
      await session.reset()
      for (const [index, turn] of episode.turns.entries()) {
        const name = /def\s+(\w+)/.exec(turn.action)?.[1]
        if (name === undefined || !turn.isPlayed) {
          tally.skipped++
          continue
        }
        const { text } = await session.step(turn.action)
        const reward = await session.score(name)
        tally.turns++
        tally.scored++
        if (!turn.observation.startsWith('{') || text === turn.observation) tally.observationsEqual++
        const isEqual = isSameReward(reward, turn.reward)
        if (isEqual) {
          tally.rewardsEqual++
          tally.recomputedEqual++
        }
        if ((reward === 1) === (turn.reward === 1)) tally.successesEqual++
        if (isEqual) continue
        const cause = /^Error executing action/.test(turn.observation) ? 'refused by the runner' : 'other'
        tally.causes.set(cause, (tally.causes.get(cause) ?? 0) + 1)
        const where = `${task.id}, turn ${index}`
        tally.differences.push({ where, action: turn.action, cause, expected: turn.reward, found: reward })
      }
    } finally {
      await session.close()
    }
    onEpisode?.()
  }
  return tally
}
