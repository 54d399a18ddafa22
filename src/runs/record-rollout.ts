import { LeapError } from '../contracts/error.ts'
import { type Trajectory, trajectorySchema } from '../contracts/trajectory.ts'
import { type RolloutOptions, rollout } from '../execution/rollout.ts'
import { openAppendLog } from '../support/append-log.ts'
import type { PhaseInputs } from './phase-book.ts'
import type { RecordFile } from './record-file.ts'
import type { Run } from './run.ts'

export interface RecordRolloutOptions extends Omit<RolloutOptions, 'skip' | 'onTrajectory' | 'onEvent'> {
  /** What determines the policy beyond its name: hash of its checkpoint, model and prompt. */
  inputs: PhaseInputs
  /** Largest share of void episodes with which the phase counts as finished. Default 0.05. */
  maxVoidShare?: number
  /** Called at the start and after every episode. */
  onProgress?: (progress: { done: number; total: number; successes: number }) => void
}

/** Counts of a finished roll-out, as the journal keeps them. */
export interface RolloutSummary {
  episodes: number
  successes: number
  failures: number
  voids: number
  steps: number
}

/**
 * A roll-out as a phase of a run: episodes that were recorded before a kill are not played again, void ones are. The finished file
 * holds the trajectories sorted by id, without milliseconds, which go to the timings beside it.
 *
 * Throws a LeapError `ROLLOUT_TOO_MANY_VOIDS` if more than `maxVoidShare` stayed void (resuming plays those again), and what
 * {@link rollout} and {@link Run.phase} throw.
 */
export async function recordRollout(
  run: Run,
  { inputs, maxVoidShare = 0.05, onProgress, ...options }: RecordRolloutOptions,
): Promise<{ summary: RolloutSummary; trajectories: RecordFile<Trajectory> }> {
  const { phase: name, tasks, samples = 1, policy, mix } = options
  const path = run.paths.trajectories(name)
  const determining = {
    ...inputs,
    policy: policy.name,
    environment: options.environment.name,
    tasks: tasks.map(({ id }) => id),
    samples,
    maxSteps: options.maxSteps,
    seed: options.seed,
    recordPrivilege: options.recordPrivilege ?? false,
    mix: mix === undefined ? null : { policy: mix.policy.name, beta: mix.beta },
  }
  const summary = await run.phase(name, determining, async (phase) => {
    const total = tasks.length * samples
    const timings = await openAppendLog(run.paths.timings(name))
    const notes: Promise<void>[] = []
    const count: RolloutSummary = { episodes: 0, successes: 0, failures: 0, voids: 0, steps: 0 }
    try {
      const onRecord = (trajectory: Trajectory) => tally(count, trajectory)
      await phase.collect({ path, schema: trajectorySchema, onRecord }, async (sink) => {
        let done = sink.resumed
        let successes = 0
        onProgress?.({ done, total, successes })
        const played = rollout({
          ...options,
          skip: (id) => sink.has(id),
          onEvent(event) {
            const noted = phase.note({ ...event })
            // Waited for below; this only keeps a failure from ending the process before that.
            noted.catch(() => {})
            notes.push(noted)
          },
          async onTrajectory(trajectory) {
            const { plain, milliseconds } = withoutTimes(trajectory)
            await timings.append(JSON.stringify({ id: trajectory.id, milliseconds }))
            await sink.add(plain.id, [plain], plain.outcome === 'void' ? (plain.cause ?? 'void') : undefined)
            done++
            if (plain.outcome === 'success') successes++
            onProgress?.({ done, total, successes })
          },
        })
        for await (const _ of played) {
          // Everything is written down in onTrajectory.
        }
        await Promise.all(notes)
      })
    } finally {
      await timings.close()
    }
    if (count.voids > maxVoidShare * count.episodes) {
      throw new LeapError({
        code: 'ROLLOUT_TOO_MANY_VOIDS',
        message: `Phase ${name}: ${count.voids} of ${count.episodes} episodes stayed void, at most ${(100 * maxVoidShare).toFixed(1)} % may.`,
        remedy: 'Repair what fails (the causes are in the journal) and resume the run: void episodes are played again.',
      })
    }
    return count
  })
  return { summary, trajectories: await run.records(path, trajectorySchema) }
}

function tally(count: RolloutSummary, { outcome, steps }: Trajectory) {
  count.episodes++
  count.steps += steps.length
  if (outcome === 'success') count.successes++
  else if (outcome === 'failure') count.failures++
  else count.voids++
}

/** Times differ between two runs that are otherwise equal, so they are kept out of the files that must not differ. */
function withoutTimes(trajectory: Trajectory): { plain: Trajectory; milliseconds: number[] } {
  const milliseconds = trajectory.steps.map((step) => Math.round((step.milliseconds ?? 0) * 1000) / 1000)
  const steps = trajectory.steps.map(({ milliseconds: _, ...step }) => step)
  return { plain: { ...trajectory, steps }, milliseconds }
}
