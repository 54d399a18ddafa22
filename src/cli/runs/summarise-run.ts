import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import { type Evaluation, evaluationSchema } from '../../evaluation/evaluation.ts'
import { selectBest } from '../../evaluation/select-best.ts'
import { type JournalEvent, readJournal } from '../../runs/journal.ts'
import { inspectLock, type LockMachine } from '../../runs/lock.ts'
import { type Manifest, manifestSchema } from '../../runs/manifest.ts'
import { readJsonFile } from '../../runs/read-json-file.ts'
import { runPaths } from '../../runs/run-paths.ts'

/** `interrupted`: nobody works on it and it has not come to its end; `leap run` goes on with it. */
export type RunState = 'running' | 'interrupted' | 'finished' | 'unreadable'

/** One line of the list of runs. */
export interface RunSummary {
  name: string
  folder: string
  state: RunState
  /** ISO time; absent where the manifest cannot be read. */
  started?: string
  /** ISO time of the last entry of its journal. */
  lastEvent?: string
  environment?: string
  phasesDone: number
  /** The phase that is at work, or was when the run was interrupted. */
  phase?: string
  /** The best student so far, by success rate on the panel that selects. */
  best?: { policy: string; panel: string; rate: number; low: number; high: number; episodes: number }
  /** Why it is unreadable. */
  problem?: string
}

/** Reads what a run has to say about itself. A damaged run is reported as such and does not hide the others. */
export async function summariseRun(folder: string, machine?: LockMachine): Promise<RunSummary> {
  const paths = runPaths(folder)
  const base = { name: basename(folder), folder }
  try {
    const manifest = await readJsonFile(paths.manifest, manifestSchema)
    const events = existsSync(paths.journal) ? await readJournal(paths.journal) : []
    const lock = await inspectLock(paths.lock, machine)
    const best = bestStudent(await readEvaluations(paths.evaluations), manifest)
    const phase = openPhase(events)
    const lastEvent = events.at(-1)?.at
    return {
      ...base,
      state: lock?.alive ? 'running' : isFinished(events) ? 'finished' : 'interrupted',
      ...(manifest === undefined ? {} : { started: manifest.createdAt, environment: manifest.environment }),
      ...(lastEvent === undefined ? {} : { lastEvent }),
      phasesDone: new Set(events.flatMap((event) => (event.event === 'phase-finished' ? [event.phase] : []))).size,
      ...(phase === undefined ? {} : { phase }),
      ...(best === undefined ? {} : { best }),
    }
  } catch (error) {
    if (!LeapError.is(error)) throw error
    return { ...base, state: 'unreadable', phasesDone: 0, problem: error.message }
  }
}

/** A run says so itself, with a note, when it has come to its end. */
function isFinished(events: readonly JournalEvent[]): boolean {
  return events.some((event) => event.event === 'note' && event.note.finished === true)
}

/** The last phase that was started and not finished. */
function openPhase(events: readonly JournalEvent[]): string | undefined {
  const open = new Set<string>()
  for (const event of events) {
    if (event.event === 'phase-started') open.add(event.phase)
    if (event.event === 'phase-finished') open.delete(event.phase)
  }
  return [...open].at(-1)
}

async function readEvaluations(folder: string): Promise<Evaluation[]> {
  const names = existsSync(folder) ? await readdir(folder) : []
  const files = names.filter((name) => name.endsWith('.json')).sort()
  const read = await Promise.all(files.map((name) => readJsonFile(join(folder, name), evaluationSchema)))
  return read.filter((evaluation) => evaluation !== undefined)
}

function bestStudent(evaluations: readonly Evaluation[], manifest: Manifest | undefined): RunSummary['best'] {
  const students = evaluations
    .filter(({ policy }) => /^pi_\d+$/.test(policy))
    .sort((a, b) => Number(a.policy.slice(3)) - Number(b.policy.slice(3)))
  const panels = manifest?.panels.map(({ name }) => name) ?? []
  const selecting = [...panels.filter((name) => /select/.test(name)), ...panels].find((name) =>
    students.some(({ panel }) => panel.name === name),
  )
  const candidates = students.filter(({ panel }) => panel.name === selecting)
  if (selecting === undefined || candidates.length === 0) return undefined
  const { policy, success, episodes } = selectBest(candidates)
  return { policy, panel: selecting, ...success, episodes }
}
