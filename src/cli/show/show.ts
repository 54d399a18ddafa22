import { resolve } from 'node:path'
import type { Correction } from '../../contracts/correction.ts'
import { LeapError } from '../../contracts/error.ts'
import { writeFileAtomic } from '../../support/atomic-file.ts'
import { addExamples, type CliCommand } from '../command.ts'
import { type CliContext, columnsOf, note, print } from '../context.ts'
import { wholeNumber } from '../options/number-option.ts'
import { findRun } from '../runs/find-run.ts'
import { nearest } from '../text/nearest.ts'
import { listTrajectories } from './list-trajectories.ts'
import { renderHtml } from './render-html.ts'
import { renderTrajectory } from './render-trajectory.ts'
import {
  readCorrections,
  readTrajectory,
  recordFiles,
  type TrajectorySummary,
  trajectorySummaries,
} from './run-records.ts'
import { selectTrajectory } from './select-trajectory.ts'

interface ShowOptions {
  phase?: string
  failed?: boolean
  corrected?: boolean
  limit: number
  privileged?: boolean
  html?: string
  json?: boolean
}

/** `leap show`: the trajectories of a run, or one of them with the teacher's corrections beside it. */
export const showCommand: CliCommand<ShowOptions> = {
  configure(command) {
    command
      .argument('<run>', 'folder of a run, or its name under ./runs')
      .argument('[trajectory]', 'number in the list, id, or a part of the id that no other has')
      .option('--phase <phase>', 'only trajectories of this phase')
      .option('--failed', 'only trajectories that did not succeed')
      .option('--corrected', 'only trajectories that the teacher corrected')
      .option('--limit <count>', 'most lines of the list; 0 = all', wholeNumber(0), 50)
      .option('--privileged', 'also show what only the teacher saw')
      .option('--html <file>', 'write the trajectory to a page of its own')
      .option('--json', 'print the data instead of text')
    addExamples(command, [
      ['leap show quickstart', 'list the trajectories of runs/quickstart'],
      ['leap show quickstart --failed', 'only those that failed'],
      ['leap show quickstart 3', 'read the third of the list'],
      ['leap show quickstart 3 --html step.html', 'the same as a page for the browser'],
    ])
  },
  async run(context, options, named, wanted) {
    const run = await findRun(context.cwd, named!)
    const corrections = new Map<string, Correction[]>()
    await readCorrections(run, (correction) => {
      const list = corrections.get(correction.trajectoryId)
      if (list) list.push(correction)
      else corrections.set(correction.trajectoryId, [correction])
    })
    const entries = await readEntries(run, options, corrections)
    if (wanted === undefined) {
      if (options.html !== undefined)
        throw new LeapError({
          code: 'TRAJECTORY_MISSING',
          message: 'Expected a trajectory to write as a page, found none on the command line.',
          remedy: 'Give its number in the list: leap show <run> <number> --html <file>.',
        })
      listTrajectories(context, entries, corrections, options)
      return 0
    }
    const chosen = selectTrajectory(entries, wanted)
    await showOne(context, chosen, corrections.get(chosen.id) ?? [], options)
    return 0
  },
}

type Entry = TrajectorySummary & { file: Awaited<ReturnType<typeof recordFiles>>[number] }

async function readEntries(
  run: string,
  { phase, failed, corrected }: ShowOptions,
  corrections: ReadonlyMap<string, unknown>,
): Promise<Entry[]> {
  const files = await recordFiles(run, 'trajectories')
  const phases = files.map((file) => file.phase)
  if (phase !== undefined && !phases.includes(phase)) {
    const meant = nearest(phase, phases)
    throw new LeapError({
      code: 'PHASE_UNKNOWN',
      message: `Expected a phase that recorded trajectories, found "${phase}".`,
      remedy: `${meant === undefined ? '' : `Did you mean ${meant}? `}There are: ${phases.join(', ') || 'none yet'}.`,
    })
  }
  const entries: Entry[] = []
  for (const file of files)
    if (phase === undefined || file.phase === phase)
      for await (const summary of trajectorySummaries(file)) {
        if (failed && summary.outcome === 'success') continue
        if (corrected && !corrections.has(summary.id)) continue
        entries.push({ ...summary, file })
      }
  return entries
}

async function showOne(
  context: CliContext,
  { id, file }: Entry,
  corrections: readonly Correction[],
  { html, json, privileged }: ShowOptions,
): Promise<void> {
  const trajectory = await readTrajectory(file, id)
  if (trajectory === undefined)
    throw new LeapError({ code: 'TRAJECTORY_UNKNOWN', message: `Expected trajectory ${id} in ${file.path}.` })
  if (html !== undefined) {
    const path = resolve(context.cwd, html)
    await writeFileAtomic(path, renderHtml(trajectory, corrections))
    note(context, `Wrote ${path}`)
  }
  if (json) print(context, JSON.stringify({ trajectory, corrections }, null, 2))
  else if (html === undefined) {
    const options = { columns: columnsOf(context), style: context.style, privileged: privileged ?? false }
    for (const line of renderTrajectory(trajectory, corrections, options)) print(context, line)
  }
}
