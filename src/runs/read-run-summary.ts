import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type JournalEvent, readJournal } from './journal.ts'
import { inspectLock } from './lock.ts'
import { type Manifest, manifestSchema } from './manifest.ts'
import { readJsonFile } from './read-json-file.ts'
import { runPaths } from './run-paths.ts'

export interface PhaseState {
  name: string
  state: 'finished' | 'unfinished'
  /** ISO time of the first start. */
  startedAt: string
  /** ISO time. */
  finishedAt?: string
  result?: unknown
}

/** What a run looks like from outside, finished or at work. */
export interface RunSummary {
  directory: string
  manifest: Manifest
  phases: PhaseState[]
  /** True if a living process holds the run. */
  active: boolean
  /** ISO time of the last event. */
  lastEventAt?: string
}

/**
 * Reads a run without touching it, also while another process works on it. Undefined if the directory holds no run.
 * Throws a LeapError `RUN_FILE_INVALID` or `JSONL_INVALID` for damaged files.
 */
export async function readRunSummary(directory: string): Promise<RunSummary | undefined> {
  const paths = runPaths(directory)
  const manifest = await readJsonFile(paths.manifest, manifestSchema)
  if (manifest === undefined) return undefined
  const events = await readJournal(paths.journal).catch((error) => {
    if (error?.code === 'ENOENT') return [] as JournalEvent[]
    throw error
  })
  const lastEventAt = events.at(-1)?.at
  return {
    directory,
    manifest,
    phases: listPhases(events),
    active: (await inspectLock(paths.lock))?.alive ?? false,
    ...(lastEventAt === undefined ? {} : { lastEventAt }),
  }
}

/** All runs directly below a folder, sorted by creation; empty if the folder does not exist. */
export async function listRuns(folder: string): Promise<RunSummary[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
    if (error?.code === 'ENOENT') return []
    throw error
  })
  const found = entries.filter((entry) => entry.isDirectory()).map(({ name }) => readRunSummary(join(folder, name)))
  const runs = (await Promise.all(found)).filter((run) => run !== undefined)
  return runs.sort((a, b) => (a.manifest.createdAt < b.manifest.createdAt ? -1 : 1))
}

function listPhases(events: readonly JournalEvent[]): PhaseState[] {
  const phases = new Map<string, PhaseState>()
  for (const event of events) {
    if (event.event === 'phase-started' && !phases.has(event.phase)) {
      phases.set(event.phase, { name: event.phase, state: 'unfinished', startedAt: event.at })
    }
    if (event.event === 'phase-finished') {
      const startedAt = phases.get(event.phase)?.startedAt ?? event.at
      const { phase: name, at: finishedAt, result } = event
      phases.set(name, { name, state: 'finished', startedAt, finishedAt, result })
    }
  }
  return [...phases.values()]
}
