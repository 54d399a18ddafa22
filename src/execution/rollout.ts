import type { Environment } from '../contracts/environment.ts'
import { LeapError } from '../contracts/error.ts'
import type { Policy } from '../contracts/policy.ts'
import type { Task } from '../contracts/task.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { type Clock, systemClock } from '../support/clock.ts'
import { compareText } from '../support/compare-text.ts'
import { type EpisodeRecord, emptyRecord } from './episode-record.ts'
import { describeFailure, endsRun, isInfrastructureFailure } from './infrastructure-failure.ts'
import { playEpisode, type RollInMixture } from './play-episode.ts'
import { mapConcurrently } from './pool.ts'
import { trajectoryId } from './trajectory-id.ts'
import { withRetries } from './with-retries.ts'

/** Something that happened on the way and does not show in a trajectory. */
export type RolloutEvent =
  | { kind: 'retry'; id: string; attempt: number; cause: string }
  | { kind: 'close-failed'; id: string; cause: string }

export interface RolloutOptions {
  environment: Environment
  tasks: readonly Task[]
  policy: Policy
  /** Most actions per episode. */
  maxSteps: number
  /** Episodes per task. Default 1. */
  samples?: number
  /** Episodes that run at once. Default 64: a local model then decides for all of them in one batch. */
  concurrency?: number
  seed: number
  /** First part of the trajectory ids and of the seeds, for example `rollout-1`. */
  phase: string
  /** Store the privileged state of every step in the trajectory, for the teacher. */
  recordPrivilege?: boolean
  mix?: RollInMixture
  /** Further attempts after an infrastructure failure before the episode becomes `void`. Default 2. */
  retries?: number
  /** Wait before the first retry, in milliseconds; doubles each time, up to 30 s, with up to half of it taken off at random. Default 250. */
  backoff?: number
  /** Most milliseconds that one call of the policy or the environment may take. Default ten minutes. */
  timeLimit?: number
  /** The roll-out gives up after so many void episodes in a row: something is down, and the rest would be void too. Default 20. */
  voidLimit?: number
  /** Default: the score reached 1. */
  isSuccess?: (ending: { task: Task; score: number; done: boolean; observation: string }) => boolean
  /** True for the ids that are recorded already (a resumed run). */
  skip?: (id: string) => boolean
  /** Awaited for every trajectory before it is yielded: the place to write it down. */
  onTrajectory?: (trajectory: Trajectory) => void | Promise<void>
  onEvent?: (event: RolloutEvent) => void
  clock?: Clock
  signal?: AbortSignal
}

/**
 * Lets a policy play tasks, many episodes at once, and yields the trajectories in the order in which they end.
 *
 * Every draw is seeded by (run seed, phase, task id, sample, step), so the trajectories do not depend on concurrency or order.
 * A failure of the outside world makes an episode `void` after the retries. Throws a LeapError `ROLLOUT_PROGRAM_ERROR` if code
 * is at fault (see {@link isInfrastructureFailure}), `ROLLOUT_ALL_VOID` after `voidLimit` voids in a row, `ROLLOUT_OPTIONS_INVALID`
 * for options that make no sense, what ends a run (a budget used up, a key that is refused) as it is, and the signal's reason when it aborts.
 */
export async function* rollout(options: RolloutOptions): AsyncGenerator<Trajectory, void, undefined> {
  checkOptions(options)
  let voidsInARow = 0
  const play = async (job: Job, signal: AbortSignal) => {
    const trajectory = await playWithRetries(job, options, signal)
    await options.onTrajectory?.(trajectory)
    return trajectory
  }
  const pool = mapConcurrently(listJobs(options), play, {
    concurrency: options.concurrency ?? 64,
    signal: options.signal,
  })
  for await (const trajectory of pool) {
    voidsInARow = trajectory.outcome === 'void' ? voidsInARow + 1 : 0
    yield trajectory
    if (voidsInARow >= (options.voidLimit ?? 20)) {
      throw new LeapError({
        code: 'ROLLOUT_ALL_VOID',
        message: `Phase ${options.phase}: ${voidsInARow} episodes in a row failed for reasons outside the policy. The last: ${trajectory.cause}`,
        remedy: 'Repair the model or environment that fails and resume the run: void episodes are played again.',
      })
    }
  }
}

/** Runs {@link rollout} to its end and returns the trajectories sorted by id. */
export async function rolloutAll(options: RolloutOptions): Promise<Trajectory[]> {
  const trajectories: Trajectory[] = []
  for await (const trajectory of rollout(options)) trajectories.push(trajectory)
  return trajectories.sort((a, b) => compareText(a.id, b.id))
}

interface Job {
  id: string
  task: Task
  sample: number
}

function listJobs({ tasks, samples = 1, phase, skip }: RolloutOptions): Job[] {
  const jobs = new Map<string, Job>()
  for (let sample = 0; sample < samples; sample++) {
    for (const task of tasks) {
      const id = trajectoryId(phase, task.id, sample)
      if (jobs.has(id)) throw invalid(`tasks that are all different, found "${task.id}" twice`)
      jobs.set(id, { id, task, sample })
    }
  }
  return [...jobs.values()].filter((job) => !skip?.(job.id))
}

async function playWithRetries(job: Job, options: RolloutOptions, signal: AbortSignal): Promise<Trajectory> {
  const { clock = systemClock, onEvent } = options
  let record = emptyRecord()
  let stage = ''
  const play = (attempt: number) => {
    record = emptyRecord()
    return playEpisode(
      {
        ...options,
        ...job,
        // A late answer of an abandoned attempt must not meet the session of the next one.
        session: attempt === 0 ? job.id : `${job.id}~${attempt}`,
        recordPrivilege: options.recordPrivilege ?? false,
        timeLimit: options.timeLimit ?? 600_000,
        mix: options.mix,
        clock,
        signal,
        onStage: (now) => (stage = now),
        onCloseFailure: (error) => onEvent?.({ kind: 'close-failed', id: job.id, cause: describeFailure(error) }),
      },
      record,
    )
  }
  try {
    await withRetries(play, {
      retries: options.retries ?? 2,
      backoff: options.backoff ?? 250,
      seed: options.seed,
      name: job.id,
      clock,
      signal,
      onRetry: (attempt, error) => onEvent?.({ kind: 'retry', id: job.id, attempt, cause: describeFailure(error) }),
    })
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (endsRun(error)) throw error
    if (isInfrastructureFailure(error)) return describe(job, options, record, describeFailure(error))
    throw new LeapError({
      code: 'ROLLOUT_PROGRAM_ERROR',
      message: `A mistake in code, not in the outside world, while waiting for ${stage}: ${describeFailure(error)}`,
      remedy: 'Correct the code; the cause holds the stack. What was recorded so far is kept for a resume.',
      cause: error,
    })
  }
  return describe(job, options, record)
}

function describe(job: Job, options: RolloutOptions, record: EpisodeRecord, cause?: string): Trajectory {
  const { isSuccess = ({ score }) => score >= 1 } = options
  const { instruction, steps, finalObservation, score, done, info } = record
  const succeeded = () => isSuccess({ task: job.task, score, done, observation: finalObservation })
  return {
    id: job.id,
    task: job.task,
    policy: options.policy.name,
    instruction,
    steps,
    finalObservation,
    score,
    outcome: cause !== undefined ? 'void' : succeeded() ? 'success' : 'failure',
    ...(info === undefined ? {} : { info }),
    ...(cause === undefined ? {} : { cause }),
  }
}

function checkOptions({ maxSteps, samples = 1, mix, retries = 2 }: RolloutOptions) {
  if (!Number.isInteger(maxSteps) || maxSteps < 1) throw invalid(`maxSteps to be a positive integer, found ${maxSteps}`)
  if (!Number.isInteger(samples) || samples < 1) throw invalid(`samples to be a positive integer, found ${samples}`)
  if (!Number.isInteger(retries) || retries < 0) throw invalid(`retries to be 0 or more, found ${retries}`)
  if (mix !== undefined && !(mix.beta >= 0 && mix.beta <= 1)) {
    throw invalid(`mix.beta to be between 0 and 1, found ${mix.beta}`)
  }
}

function invalid(expected: string): LeapError {
  return new LeapError({ code: 'ROLLOUT_OPTIONS_INVALID', message: `Expected ${expected}.` })
}
