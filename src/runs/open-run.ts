import { readdir } from 'node:fs/promises'
import { LeapError } from '../contracts/error.ts'
import type { Panel } from '../contracts/panel.ts'
import { evaluationSchema } from '../evaluation/evaluation.ts'
import { writeFileAtomic } from '../support/atomic-file.ts'
import { type Clock, systemClock } from '../support/clock.ts'
import { writeLinesAtomic } from '../support/write-lines-atomic.ts'
import { type Journal, openJournal } from './journal.ts'
import { type Lock, type LockMachine, takeLock } from './lock.ts'
import { type Difference, type Manifest, manifestSchema } from './manifest.ts'
import { createPhaseBook, type PhaseBook } from './phase-book.ts'
import { createPhaseRunner } from './phase-runner.ts'
import { prepareRunDirectory } from './prepare-run-directory.ts'
import { readJsonFile } from './read-json-file.ts'
import { openRecordFile } from './record-file.ts'
import type { Run } from './run.ts'
import { type RunPaths, runPaths } from './run-paths.ts'

export interface OpenRunOptions {
  /** The run directory; created if it does not exist. */
  directory: string
  /** What determines the run. On a resume it is compared with what was recorded. */
  manifest: Omit<Manifest, 'format' | 'createdAt' | 'nodeVersion' | 'panels'>
  panels: readonly Panel[]
  /** Manifest fields that may change between sessions without changing the result (dotted paths). */
  free?: readonly string[]
  clock?: Clock
  /** Default: process.version. */
  nodeVersion?: string
  machine?: LockMachine
}

/**
 * Creates or resumes a run. Throws a LeapError `RUN_LOCKED` if another process works on it, `RUN_MANIFEST_MISMATCH` naming the field
 * that differs, `RUN_NOT_EMPTY` if the directory holds something else, `RUN_FILE_INVALID` or `JSONL_INVALID` for damaged files.
 */
export async function openRun(options: OpenRunOptions): Promise<Run> {
  const { directory, clock = systemClock, panels, free = [] } = options
  const paths = runPaths(directory)
  const lock = await takeLock(paths.lock, {
    now: clock.now(),
    ...(options.machine === undefined ? {} : { machine: options.machine }),
  })
  let journal: Journal | undefined
  try {
    const current = manifestSchema.parse({
      format: 1,
      ...options.manifest,
      config: JSON.parse(JSON.stringify(options.manifest.config)),
      nodeVersion: options.nodeVersion ?? process.version,
      createdAt: new Date(clock.now()).toISOString(),
      panels: panels.map(({ name, hash, taskIds }) => ({ name, hash, tasks: taskIds.length })),
    } satisfies Manifest)
    const { manifest, resumed, changes } = await prepareRunDirectory(paths, current, panels, free)
    journal = await openJournal(paths.journal, clock)
    const book = createPhaseBook(journal.past)
    await journal.write({
      event: 'opened',
      leapVersion: current.leapVersion,
      nodeVersion: current.nodeVersion,
      pid: options.machine?.pid ?? process.pid,
      resumed,
      cut: journal.cut,
    })
    return await createRun({ paths, manifest, resumed, changes, journal, book, lock, clock })
  } catch (error) {
    await journal?.close()
    await lock.release()
    throw error
  }
}

interface Parts {
  paths: RunPaths
  manifest: Manifest
  resumed: boolean
  changes: Difference[]
  journal: Journal
  book: PhaseBook
  lock: Lock
  clock: Clock
}

async function createRun({ paths, manifest, resumed, changes, journal, book, lock, clock }: Parts): Promise<Run> {
  const { phase, files, key } = await createPhaseRunner({ paths, journal, book, clock })
  return {
    paths,
    manifest,
    resumed,
    changes,
    phase,
    async records(path, schema) {
      const entry = files.get(key(path))
      if (entry !== undefined) return openRecordFile(path, entry, schema)
      throw new LeapError({
        code: 'RUN_FILE_UNKNOWN',
        message: `${path}: expected a file of a finished phase, found ${[...files.keys()].join(', ') || 'none yet'}.`,
      })
    },
    note: (note) => journal.write({ event: 'note', note }),
    async writeDataset(name, examples) {
      await writeLinesAtomic(paths.dataset(name), stringified(examples))
      return paths.dataset(name)
    },
    async writeEvaluation(evaluation) {
      const checked = evaluationSchema.parse(evaluation)
      const path = paths.evaluation(checked.policy, checked.panel.name)
      await writeFileAtomic(path, `${JSON.stringify(checked, null, 2)}\n`)
    },
    async readEvaluations() {
      const found = await readdir(paths.evaluations).catch(() => [])
      const names = found.filter((name) => name.endsWith('.json'))
      // pi_2 before pi_10.
      names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      const read = names.map((name) => readJsonFile(`${paths.evaluations}/${name}`, evaluationSchema))
      return (await Promise.all(read)).filter((evaluation) => evaluation !== undefined)
    },
    async close() {
      await journal.write({ event: 'closed' })
      await journal.close()
      await lock.release()
    },
  }
}

async function* stringified(
  values: Iterable<unknown> | AsyncIterable<unknown>,
): AsyncGenerator<string, void, undefined> {
  for await (const value of values) yield JSON.stringify(value)
}
