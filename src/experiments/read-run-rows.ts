import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { z } from 'zod'
import { LeapError } from '../contracts/error.ts'
import { type DatasetExample, datasetExampleSchema } from '../contracts/example.ts'
import type { Renderer } from '../contracts/renderer.ts'
import { type Trajectory, trajectorySchema } from '../contracts/trajectory.ts'
import { stepExample } from '../datasets/step-example.ts'
import type { RunPaths } from '../runs/run-paths.ts'
import { compareText } from '../support/compare-text.ts'
import { hashText } from '../support/hash.ts'
import { readJsonl } from '../support/jsonl.ts'

/** A row as a run keeps it: without its prompt, which is a function of trajectory, step and renderer. */
const keptSchema = datasetExampleSchema.omit({ prompt: true, privilegedPrompt: true })
type KeptRow = z.infer<typeof keptSchema>

export interface ReadRowsOptions {
  paths: RunPaths
  /** How the student's prompts are written. */
  renderer: Renderer
  /** Take prompts that differ from those that the student was given, because another renderer is wanted. */
  otherPrompts?: boolean
}

/**
 * The datasets D, D_1..D_N of a run as rows with their prompts, in this order; those that are there, if the run is not finished. Prompts are rendered from the
 * trajectories and compared with the hashes that were recorded when the student was asked, so that an export cannot teach on other prompts than were played.
 * Throws a LeapError `EXPORT_PROMPT_DIFFERS` or `TRAJECTORY_MISSING`.
 */
export async function readRunRows({
  paths,
  renderer,
  otherPrompts = false,
}: ReadRowsOptions): Promise<DatasetExample[][]> {
  const datasets: DatasetExample[][] = []
  for (const name of await datasetNames(dirname(paths.dataset('demonstrations')))) {
    const kept: KeptRow[] = []
    for await (const row of readJsonl(paths.dataset(name), keptSchema)) kept.push(row)
    const trajectories = await trajectoriesOf(paths, kept)
    datasets.push(kept.map((row) => complete(row, trajectories.get(row.trajectoryId), { renderer, otherPrompts })))
  }
  return datasets
}

/** `demonstrations`, then `corrections-1`, `corrections-2`, ... */
async function datasetNames(folder: string): Promise<string[]> {
  const files = existsSync(folder) ? await readdir(folder) : []
  const names = files.filter((name) => name.endsWith('.jsonl')).map((name) => name.slice(0, -'.jsonl'.length))
  const corrections = names.filter((name) => /^corrections-\d+$/.test(name))
  corrections.sort((a, b) => Number(a.split('-')[1]) - Number(b.split('-')[1]))
  return [...names.filter((name) => name === 'demonstrations'), ...corrections]
}

/** The trajectories that rows refer to; an id begins with the phase that recorded it. */
async function trajectoriesOf(paths: RunPaths, rows: readonly KeptRow[]): Promise<Map<string, Trajectory>> {
  const wanted = new Set(rows.map(({ trajectoryId }) => trajectoryId))
  const phases = [...new Set([...wanted].map((id) => id.slice(0, id.indexOf('/'))))].sort(compareText)
  const found = new Map<string, Trajectory>()
  for (const phase of phases) {
    const path = paths.trajectories(phase)
    if (!existsSync(path)) continue
    for await (const trajectory of readJsonl(path, trajectorySchema))
      if (wanted.has(trajectory.id)) found.set(trajectory.id, trajectory)
  }
  return found
}

function complete(
  row: KeptRow,
  trajectory: Trajectory | undefined,
  { renderer, otherPrompts }: Required<Pick<ReadRowsOptions, 'renderer' | 'otherPrompts'>>,
): DatasetExample {
  const step = trajectory?.steps[row.step]
  if (!trajectory || !step)
    throw new LeapError({
      code: 'TRAJECTORY_MISSING',
      message: `a row refers to step ${row.step} of trajectory ${row.trajectoryId}, which the run does not hold`,
      remedy: 'Files of the run were deleted; the prompt cannot be written without them.',
    })
  const own = stepExample(trajectory, row.step, step, { source: row.source, iteration: row.iteration }, renderer)
  const isOther =
    step.promptHash !== undefined && hashText(own.prompt.map(({ content }) => content)) !== step.promptHash
  if (isOther && !otherPrompts)
    throw new LeapError({
      code: 'EXPORT_PROMPT_DIFFERS',
      message: `${row.trajectoryId} step ${row.step}: the prompt as it is written now differs from the one that the student was given`,
      remedy: 'Export with the prompt format of the run, or say with --prompt that another one is meant.',
    })
  const { rejected: _, ...rest } = row
  const isStudents = row.source === 'correction' && !step.byTeacher
  // With other prompts go other answers: what was kept is written in the run's own way.
  const completion = otherPrompts ? answerOf(row, renderer) : row.completion
  return { ...rest, completion, prompt: own.prompt, ...(isStudents ? { rejected: own.completion } : {}) }
}

/** A kept answer in the form of another renderer. */
function answerOf({ completion }: KeptRow, renderer: Renderer): string {
  const marker = completion.search(/\s*ACTION:/)
  const reason = completion
    .slice(0, marker)
    .replace(/^\s*REASON:/, '')
    .trim()
  const action = completion
    .slice(marker)
    .replace(/^\s*ACTION:/, '')
    .trim()
  return renderer.completion({ reason, action })
}
