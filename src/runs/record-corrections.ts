import { type Correction, correctionSchema } from '../contracts/correction.ts'
import { LeapError } from '../contracts/error.ts'
import type { Teacher } from '../contracts/teacher.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { addToCounts, type CheckCounts, countChecks } from '../corrections/check-counts.ts'
import type { CheckPolicies } from '../corrections/check-policies.ts'
import { type Reviewers, reviewCorrections } from '../corrections/review-corrections.ts'
import { describeFailure, isInfrastructureFailure } from '../execution/infrastructure-failure.ts'
import { mapConcurrently } from '../execution/pool.ts'
import { withRetries } from '../execution/with-retries.ts'
import { type Clock, systemClock } from '../support/clock.ts'
import { deriveSeed } from '../support/random.ts'
import type { PhaseInputs } from './phase-book.ts'
import type { RecordFile } from './record-file.ts'
import type { Run } from './run.ts'

export interface RecordCorrectionsOptions {
  /** Name of the phase and of its file, for example `corrections-1`. */
  phase: string
  teacher: Teacher
  /** The trajectories to correct, in any order. Void ones are left out. */
  trajectories: Iterable<Trajectory> | AsyncIterable<Trajectory>
  /** What determines the result beyond the teacher's name: which trajectories, the teacher's model and prompt. */
  inputs: PhaseInputs
  checks?: Partial<CheckPolicies>
  /** The checks that ask a model. */
  reviewers?: Reviewers
  seed: number
  /** Trajectories at once. Default 16. */
  concurrency?: number
  /** Further attempts after an infrastructure failure. Default 2. */
  retries?: number
  /** Milliseconds before the first retry. Default 250. */
  backoff?: number
  /** Largest share of trajectories that may stay without an answer because the teacher failed. Default 0.05. */
  maxFailedShare?: number
  onProgress?: (progress: { done: number }) => void
  clock?: Clock
  signal?: AbortSignal
}

/** Counts of a finished correction phase, as the journal keeps them. */
export interface CorrectionsSummary extends CheckCounts {
  trajectories: number
  /** Trajectories for which the teacher gave no answer. */
  failed: number
}

/**
 * Asks a teacher for corrections, checks them and records them, kept and dropped alike, as a phase of a run. Trajectories answered before
 * a kill are not asked about again. The finished file is sorted by trajectory.
 *
 * Throws a LeapError `CORRECTIONS_TOO_MANY_FAILED` if more than `maxFailedShare` got no answer (resuming asks those again), what
 * {@link reviewCorrections} throws, and any programming error of the teacher.
 */
export async function recordCorrections(
  run: Run,
  options: RecordCorrectionsOptions,
): Promise<{ summary: CorrectionsSummary; corrections: RecordFile<Correction> }> {
  const { phase: name, teacher, seed, checks = {}, clock = systemClock, signal, maxFailedShare = 0.05 } = options
  const path = run.paths.corrections(name)
  const summary = await run.phase(name, { ...options.inputs, teacher: teacher.name, seed, checks }, async (phase) => {
    const counts = countChecks([])
    const onRecord = (correction: Correction) => addToCounts(counts, correction)
    const collected = await phase.collect({ path, schema: correctionSchema, onRecord }, async (sink) => {
      let done = sink.resumed
      options.onProgress?.({ done })
      const correct = async (trajectory: Trajectory, stop: AbortSignal): Promise<void> => {
        if (trajectory.outcome === 'void' || sink.has(trajectory.id)) return
        const answerSeed = deriveSeed(seed, name, trajectory.id)
        const ask = async () =>
          reviewCorrections(trajectory, await teacher.correct(trajectory, { seed: answerSeed, signal: stop }), {
            policies: checks,
            teacher,
            seed: answerSeed,
            signal: stop,
            ...(options.reviewers ? { reviewers: options.reviewers } : {}),
          })
        try {
          const reviewed = await withRetries(ask, {
            retries: options.retries ?? 2,
            backoff: options.backoff ?? 250,
            seed,
            name: trajectory.id,
            clock,
            signal: stop,
          })
          await sink.add(trajectory.id, reviewed)
        } catch (error) {
          if (!isTeacherFailure(error) || stop.aborted) throw error
          const cause = describeFailure(error)
          await phase.note({ kind: 'teacher-failed', trajectoryId: trajectory.id, cause })
          await sink.add(trajectory.id, [], cause)
        }
        options.onProgress?.({ done: ++done })
      }
      const pool = mapConcurrently(options.trajectories, correct, { concurrency: options.concurrency ?? 16, signal })
      for await (const _ of pool) {
        // Each piece writes down its own result.
      }
    })
    const { keys, failed } = collected
    if (failed > maxFailedShare * keys) {
      throw new LeapError({
        code: 'CORRECTIONS_TOO_MANY_FAILED',
        message: `Phase ${name}: teacher "${teacher.name}" gave no answer for ${failed} of ${keys} trajectories, at most ${(100 * maxFailedShare).toFixed(1)} % may stay without one.`,
        remedy:
          'Repair what fails (the causes are in the journal) and resume the run: those trajectories are asked about again.',
      })
    }
    return { ...counts, trajectories: keys, failed }
  })
  return { summary, corrections: await run.records(path, correctionSchema) }
}

/** A missing privileged state and a record that cannot be written are faults of the run, which asking again does not mend. */
function isTeacherFailure(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return isInfrastructureFailure(error) && code !== 'PRIVILEGE_MISSING' && !code.startsWith('RUN_')
}
