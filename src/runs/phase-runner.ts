import { rm } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import type { Clock } from '../support/clock.ts'
import { collectRecords } from './collect-records.ts'
import { hashInputs } from './hash-inputs.ts'
import type { Journal, RecordFileEntry } from './journal.ts'
import type { PhaseBook } from './phase-book.ts'
import type { Run } from './run.ts'
import type { RunPaths } from './run-paths.ts'

export interface PhaseRunner {
  phase: Run['phase']
  /** Files of finished phases by their {@link PhaseRunner.key}. */
  files: ReadonlyMap<string, RecordFileEntry>
  /** A path relative to the run directory, with forward slashes. */
  key: (path: string) => string
}

interface Parts {
  paths: RunPaths
  journal: Journal
  book: PhaseBook
  clock: Clock
}

/**
 * Does phases once. The order at the end of a phase is what makes a kill harmless at any point: the finished files are in place, then
 * the journal says so, and only then are the partial files removed.
 */
export async function createPhaseRunner({ paths, journal, book, clock }: Parts): Promise<PhaseRunner> {
  const { directory } = paths
  const files = new Map(book.files.map((entry) => [entry.path, entry]))
  const key = (path: string) => relative(directory, path).split(sep).join('/')
  const removePartial = (entry: RecordFileEntry) => rm(paths.partial(`${directory}/${entry.path}`), { force: true })
  // A kill between the end of a phase and the removal of its partial files leaves them behind.
  for (const entry of files.values()) await removePartial(entry)

  const phase: Run['phase'] = async (name, inputs, work) => {
    const hashes = hashInputs(inputs)
    const finished = book.start(name, hashes)
    if (finished !== undefined) return finished.result as never
    try {
      await journal.write({ event: 'phase-started', phase: name, inputs: hashes })
      const began = clock.elapsed()
      const collected: RecordFileEntry[] = []
      const result = await work({
        name,
        note: (note) => journal.write({ event: 'note', phase: name, note }),
        async collect(collectOptions, produce) {
          const { path } = collectOptions
          const done = await collectRecords({ ...collectOptions, partialPath: paths.partial(path) }, produce)
          collected.push({ path: key(path), records: done.lines, bytes: done.bytes, sha256: done.sha256 })
          return { keys: done.keys, records: done.lines, failed: done.failed }
        },
      })
      const plain = JSON.parse(JSON.stringify(result ?? null))
      const seconds = (clock.elapsed() - began) / 1000
      await journal.write({
        event: 'phase-finished',
        phase: name,
        inputs: hashes,
        result: plain,
        files: collected,
        seconds,
      })
      for (const entry of collected) {
        files.set(entry.path, entry)
        await removePartial(entry)
      }
      book.finish(name, plain)
      return plain
    } finally {
      book.leave(name)
    }
  }
  return { phase, files, key }
}
