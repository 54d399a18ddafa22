import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Correction, correctionSchema } from '../contracts/correction.ts'
import { LeapError } from '../contracts/error.ts'
import type { DatasetExample } from '../contracts/example.ts'
import type { Renderer } from '../contracts/renderer.ts'
import { type Trajectory, trajectorySchema } from '../contracts/trajectory.ts'
import { correctionExamples } from '../datasets/correction-examples.ts'
import { demonstrationExamples } from '../datasets/demonstration-examples.ts'
import { hashFile } from '../support/hash-file.ts'
import { readJsonl } from '../support/jsonl.ts'
import { createRandom } from '../support/random.ts'
import { labelDemonstrations } from './label-demonstrations.ts'
import type { Workshop } from './workshop.ts'

/** Demonstrations that `leap import` made of somebody else's data. */
export interface ImportedDemonstrations {
  /** All that were taken. */
  taken: Trajectory[]
  /** Those that were won, at most as many as asked for. */
  won: Trajectory[]
  /** Rows of a teacher's corrections in the data, as rows of iteration 0. */
  corrections(renderer: Renderer): DatasetExample[]
  hash: string
}

/**
 * Reads a folder that `leap import` wrote. `games` of the trajectories are taken, in an order of the seed; corrections are of those that were not won.
 * Throws a LeapError `DEMONSTRATIONS_MISSING`, or `JSONL_INVALID`.
 */
export async function readImportedDemonstrations(
  folder: string,
  { games, seed, cwd = '.' }: { games: number; seed: number; cwd?: string | undefined },
): Promise<ImportedDemonstrations> {
  const path = (name: string) => resolve(cwd, join(folder, name))
  if (!existsSync(path('trajectories.jsonl')))
    throw new LeapError({
      code: 'DEMONSTRATIONS_MISSING',
      message: `demonstrations.from: expected a folder that leap import wrote, found no trajectories.jsonl in ${resolve(cwd, folder)}`,
      remedy: 'Make one with: leap import <data> --to <folder>',
    })
  const all: Trajectory[] = []
  for await (const trajectory of readJsonl(path('trajectories.jsonl'), trajectorySchema)) all.push(trajectory)
  const taken = createRandom(seed, 'imported demonstrations').shuffle(all).slice(0, games)
  const ids = new Set(taken.map(({ id }) => id))
  const corrections: Correction[] = []
  if (existsSync(path('corrections.jsonl')))
    for await (const correction of readJsonl(path('corrections.jsonl'), correctionSchema))
      if (ids.has(correction.trajectoryId)) corrections.push(correction)
  const corrected = new Set(corrections.map(({ trajectoryId }) => trajectoryId))
  const files = ['trajectories.jsonl', 'corrections.jsonl'].map(path).filter(existsSync)
  const hashes = await Promise.all(files.map(hashFile))
  return {
    taken,
    won: taken.filter(({ id, outcome }) => outcome === 'success' && !corrected.has(id)),
    corrections: (renderer) => correctionExamples({ trajectories: taken, corrections, iteration: 0, renderer }),
    hash: createHash('sha256').update(hashes.join()).digest('hex').slice(0, 16),
  }
}

/**
 * Line 1 of Algorithm 1 from imported data instead of play, as the phase `demonstrations`: what is taken is recorded like trajectories of the run, so that it can be
 * looked at and exported, and what was won gets its missing reasons.
 */
export async function importDemonstrations(shop: Workshop, from: string): Promise<DatasetExample[]> {
  const { run, config, domain, renderer, cwd } = shop
  const { games } = config.demonstrations
  const imported = await readImportedDemonstrations(from, { games, seed: config.seed, cwd })
  const inputs = { from: imported.hash, games }
  await run.phase('demonstrations', inputs, async (phase) => {
    const path = run.paths.trajectories('demonstrations')
    const { records } = await phase.collect({ path, schema: trajectorySchema }, async (sink) => {
      for (const trajectory of imported.taken) if (!sink.has(trajectory.id)) await sink.add(trajectory.id, [trajectory])
    })
    return { demonstrations: records }
  })
  const labelled = await labelDemonstrations(shop, imported.won)
  return [...demonstrationExamples(labelled, renderer, domain.kindOf), ...imported.corrections(renderer)]
}
