import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import { type Evaluation, evaluationSchema } from '../../evaluation/evaluation.ts'
import { selectBest } from '../../evaluation/select-best.ts'
import { readJournal } from '../../runs/journal.ts'
import type { Manifest } from '../../runs/manifest.ts'
import { readJsonFile } from '../../runs/read-json-file.ts'
import { readRunSummary } from '../../runs/read-run-summary.ts'
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
export async function summariseRun(folder: string): Promise<RunSummary> {
  const base = { name: basename(folder), folder }
  try {
    const run = await readRunSummary(folder)
    if (run === undefined) return { ...base, state: 'unreadable', phasesDone: 0, problem: 'no manifest.json' }
    const { manifest, phases, active, lastEventAt } = run
    const best = bestStudent(await readEvaluations(runPaths(folder).evaluations), manifest)
    const phase = phases.findLast(({ state }) => state === 'unfinished')?.name
    return {
      ...base,
      state: active ? 'running' : (await isFinished(folder)) ? 'finished' : 'interrupted',
      started: manifest.createdAt,
      environment: manifest.environment,
      ...(lastEventAt === undefined ? {} : { lastEvent: lastEventAt }),
      phasesDone: phases.filter(({ state }) => state === 'finished').length,
      ...(phase === undefined ? {} : { phase }),
      ...(best === undefined ? {} : { best }),
    }
  } catch (error) {
    if (!LeapError.is(error)) throw error
    return { ...base, state: 'unreadable', phasesDone: 0, problem: error.message }
  }
}

/** A run says so itself, with a note, when it has come to its end. */
async function isFinished(folder: string): Promise<boolean> {
  const { journal } = runPaths(folder)
  const events = existsSync(journal) ? await readJournal(journal) : []
  return events.some((event) => event.event === 'note' && event.note.finished === true)
}

async function readEvaluations(folder: string): Promise<Evaluation[]> {
  const names = existsSync(folder) ? await readdir(folder) : []
  const files = names.filter((name) => name.endsWith('.json')).sort()
  const read = await Promise.all(files.map((name) => readJsonFile(join(folder, name), evaluationSchema)))
  return read.filter((evaluation) => evaluation !== undefined)
}

function bestStudent(evaluations: readonly Evaluation[], manifest: Manifest): RunSummary['best'] {
  const students = evaluations
    .filter(({ policy }) => /^pi_\d+$/.test(policy))
    .sort((a, b) => Number(a.policy.slice(3)) - Number(b.policy.slice(3)))
  const panels = manifest.panels.map(({ name }) => name)
  const selecting = [...panels.filter((name) => /select/.test(name)), ...panels].find((name) =>
    students.some(({ panel }) => panel.name === name),
  )
  const candidates = students.filter(({ panel }) => panel.name === selecting)
  if (selecting === undefined || candidates.length === 0) return undefined
  const { policy, success, episodes } = selectBest(candidates)
  return { policy, panel: selecting, ...success, episodes }
}
