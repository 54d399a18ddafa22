import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ConfigInput } from '../../src/experiments/config.ts'

/** The whole loop with its controls on a few generated games, with a student of a few thousand weights that is made from nothing. Seconds. */
export const tinyConfig: ConfigInput = {
  name: 'tiny',
  environment: { generated: { train: 60, valid_seen: 8, valid_unseen: 4 } },
  maxSteps: 8,
  demonstrations: { games: 12 },
  student: { hiddenSize: 32, layers: 1, heads: 2, feedForwardSize: 64, vocabulary: 320 },
  iterations: 1,
  // The teacher acts at every second step, so that there are states worth labelling.
  rollouts: { games: 6, temperature: 1, mix: [0.5], concurrency: 4 },
  corrections: { perTrajectory: 4 },
  training: {
    // More updates than lie between two saved states, so that a resumed training goes on in the middle.
    cloning: { updates: 55, tokensPerBatch: 256, learningRate: 0.003 },
    iteration: { updates: 55, tokensPerBatch: 256, learningRate: 0.003 },
  },
  evaluation: { games: 4, selectionGames: 4, concurrency: 4 },
}

export async function writeTinyConfig(folder: string): Promise<string> {
  const path = join(folder, 'tiny.json')
  await writeFile(path, JSON.stringify(tinyConfig))
  return path
}

/**
 * All files of a run that must not differ between two equal runs, by path: everything but journal and timings, with the date taken out of the
 * manifest. `only` restricts them to some folders.
 */
export function finalFiles(directory: string, only?: readonly string[]): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const name = path.slice(directory.length + 1).replaceAll('\\', '/')
    const folder = name.includes('/') ? name.split('/')[0]! : ''
    if (name === 'journal.jsonl' || folder === 'timings' || (only && !only.includes(folder))) continue
    const content = readFileSync(path)
    files.set(name, name === 'manifest.json' ? withoutDate(content) : content)
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function withoutDate(manifest: Buffer): Buffer {
  return Buffer.from(manifest.toString('utf8').replace(/"createdAt": "[^"]*"/, '"createdAt": ""'))
}

/** Paths of files that are in one map alone or differ. */
export function differingFiles(a: ReadonlyMap<string, Buffer>, b: ReadonlyMap<string, Buffer>): string[] {
  const paths = [...new Set([...a.keys(), ...b.keys()])]
  return paths.filter((path) => !(a.get(path) && b.get(path)?.equals(a.get(path)!)))
}

export interface PhaseSpan {
  phase: string
  seconds: number
}

/** Phases of a finished run in order, with their wall times; before them `start`, the seconds until the first phase began. */
export function phaseSpans(directory: string, startedAt: number): PhaseSpan[] {
  const events = journalEvents(directory)
  const first = events.find(({ event }) => event === 'phase-started')
  return [
    { phase: 'start', seconds: (Date.parse(first!.at) - startedAt) / 1000 },
    ...events
      .filter(({ event }) => event === 'phase-finished')
      .map(({ phase, seconds }) => ({ phase: phase!, seconds: seconds! })),
  ]
}

export interface JournalLine {
  at: string
  event: string
  phase?: string
  seconds?: number
  inputs?: Record<string, string>
}

/** What a run's journal says so far; nothing if there is none. A line that is being written is left out. */
export function journalEvents(directory: string): JournalLine[] {
  try {
    const lines = readFileSync(join(directory, 'journal.jsonl'), 'utf8').split('\n').slice(0, -1)
    return lines.map((line) => JSON.parse(line) as JournalLine)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
