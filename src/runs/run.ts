import type { z } from 'zod'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { CollectOptions, RecordSink } from './collect-records.ts'
import type { Difference, Manifest } from './manifest.ts'
import type { PhaseInputs } from './phase-book.ts'
import type { RecordFile } from './record-file.ts'
import type { RunPaths } from './run-paths.ts'

/** One phase at work. */
export interface Phase {
  readonly name: string
  /** Collects records into a file of the run; see {@link collectRecords}. The file counts as finished when the phase is. */
  collect<Schema extends z.ZodType>(
    options: Pick<CollectOptions<Schema>, 'path' | 'schema' | 'onRecord' | 'log'>,
    work: (sink: RecordSink<z.input<Schema>>) => Promise<void>,
  ): Promise<{ keys: number; records: number; failed: number }>
  note(note: Record<string, unknown>): Promise<void>
}

/** A run directory that this process holds. */
export interface Run {
  readonly paths: RunPaths
  readonly manifest: Manifest
  /** True if the directory held a run already. */
  readonly resumed: boolean
  /** What differs from the session that started the run without mattering to the result (versions, free fields). */
  readonly changes: readonly Difference[]
  /**
   * Does a piece of the run once. If the journal says that it is finished, its recorded result is returned and `work` is not called.
   * `inputs` are JSON values that determine the result; `work` returns a JSON value (what JSON drops is dropped on every path).
   * Throws a LeapError `RUN_PHASE_INPUTS_CHANGED` naming the input that is not what it was when the phase was started.
   */
  phase<Result>(name: string, inputs: PhaseInputs, work: (phase: Phase) => Promise<Result>): Promise<Result>
  /** A file that a finished phase collected. Throws a LeapError `RUN_FILE_UNKNOWN` or `RUN_FILE_CHANGED`. */
  records<Schema extends z.ZodType>(path: string, schema: Schema): Promise<RecordFile<z.output<Schema>>>
  note(note: Record<string, unknown>): Promise<void>
  /** Writes a dataset (one JSON value per line) that appears whole or not at all. Returns its path. */
  writeDataset(name: string, examples: Iterable<unknown> | AsyncIterable<unknown>): Promise<string>
  writeEvaluation(evaluation: Evaluation): Promise<void>
  /** All evaluations so far, sorted by policy and panel, `pi_2` before `pi_10`. */
  readEvaluations(): Promise<Evaluation[]>
  close(): Promise<void>
}
