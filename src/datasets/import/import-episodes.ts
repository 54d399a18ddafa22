import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import { writeFolderAtomic } from '../../support/atomic-folder.ts'
import { refuseOtherFiles } from '../../support/refuse-other-files.ts'
import { writeLinesAtomic } from '../../support/write-lines-atomic.ts'
import { importError, shorten } from './import-error.ts'
import { type ImportFormatName, importFormats } from './import-formats.ts'
import type { ImportedEpisode } from './imported.ts'
import { readRecords } from './read-records.ts'

export interface ImportOptions {
  /** Files and folders with data. */
  from: readonly string[]
  /** Folder to write; replaced if it is there. */
  to: string
  /** Left out: recognised record by record. */
  format?: ImportFormatName
  /** What the data are of, where they do not say it. */
  environment?: string
  /** Leave records out that cannot be read, instead of stopping at the first. */
  skipInvalid?: boolean
  onProgress?: (records: number) => void
}

export interface ImportSummary {
  episodes: number
  successes: number
  steps: number
  /** Steps with a reason. */
  reasons: number
  corrections: number
  /** Why records were left out, one line each. */
  skipped: string[]
}

/**
 * Makes trajectories of somebody else's data: a folder with `trajectories.jsonl`, `corrections.jsonl` where there are some, and `import.json` with counts, which
 * `demonstrations.from` of a configuration names. Throws a LeapError `IMPORT_INVALID`, `IMPORT_MISSING`, `IMPORT_EMPTY` or `FOLDER_TAKEN`.
 */
export async function importEpisodes(options: ImportOptions): Promise<ImportSummary> {
  const { from, to, format, environment, skipInvalid = false, onProgress } = options
  await refuseOtherFiles(to, (names) => names.includes('import.json'), 'an earlier import')
  const episodes: ImportedEpisode[] = []
  const skipped: string[] = []
  const seen = new Map<string, number>()
  for await (const { place, record } of readRecords(from)) {
    try {
      const episode = read(record, place, format, environment)
      episodes.push(numbered(episode, seen))
    } catch (error) {
      if (!skipInvalid || !LeapError.is(error) || error.code !== 'IMPORT_INVALID') throw error
      skipped.push(error.message.split('\n', 1)[0]!)
    }
    onProgress?.(episodes.length + skipped.length)
  }
  const summary = summarise(episodes, skipped)
  if (episodes.length === 0)
    throw new LeapError({
      code: 'IMPORT_EMPTY',
      message: `expected records with episodes in ${from.join(', ')}, found ${skipped.length === 0 ? 'none' : `${skipped.length} that cannot be read, the first: ${skipped[0]}`}`,
    })
  await writeFolderAtomic(to, async (folder) => {
    const lines = (records: readonly unknown[]) => records.map((record) => JSON.stringify(record))
    await writeLinesAtomic(join(folder, 'trajectories.jsonl'), lines(episodes.map(({ trajectory }) => trajectory)))
    if (summary.corrections > 0)
      await writeLinesAtomic(
        join(folder, 'corrections.jsonl'),
        lines(episodes.flatMap(({ corrections }) => corrections)),
      )
    await writeFile(join(folder, 'import.json'), `${JSON.stringify({ format: 1, from, ...summary }, null, 2)}\n`)
  })
  return summary
}

function read(record: unknown, place: string, named: ImportFormatName | undefined, environment: string | undefined) {
  const candidates = named ? [importFormats[named]] : Object.values(importFormats)
  const format = candidates.find(({ recognises }) => recognises(record))
  if (!format) throw importError(place, candidates.map(({ summary }) => summary).join('; or '), shorten(record))
  return format.read(record, { place, ...(environment === undefined ? {} : { environment }) })
}

/** An id that has occurred gets the next number, as a second sample of the same task. */
function numbered({ trajectory, corrections }: ImportedEpisode, seen: Map<string, number>): ImportedEpisode {
  const count = seen.get(trajectory.id) ?? 0
  seen.set(trajectory.id, count + 1)
  if (count === 0) return { trajectory, corrections }
  const id = trajectory.id.replace(/#0$/, `#${count}`)
  return {
    trajectory: { ...trajectory, id },
    corrections: corrections.map((correction) => ({ ...correction, trajectoryId: id })),
  }
}

function summarise(episodes: readonly ImportedEpisode[], skipped: string[]): ImportSummary {
  const steps = episodes.flatMap(({ trajectory }) => trajectory.steps)
  return {
    episodes: episodes.length,
    successes: episodes.filter(({ trajectory }) => trajectory.outcome === 'success').length,
    steps: steps.length,
    reasons: steps.filter(({ reason }) => reason !== '').length,
    corrections: episodes.reduce((sum, { corrections }) => sum + corrections.length, 0),
    skipped,
  }
}
