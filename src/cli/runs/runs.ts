import { join, resolve } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import { addExamples, type CliCommand } from '../command.ts'
import { type CliContext, note, print } from '../context.ts'
import { formatDuration } from '../text/duration.ts'
import { sanitizeLine } from '../text/sanitize.ts'
import { plainTable } from '../text/table.ts'
import { defaultRunsFolder, isRun, runNames } from './find-run.ts'
import { type RunState, type RunSummary, summariseRun } from './summarise-run.ts'

interface RunsOptions {
  json?: boolean
}

/** `leap runs`: what runs there are and how far they have come. */
export const runsCommand: CliCommand<RunsOptions> = {
  configure(command) {
    command
      .argument('[folder]', 'folder that holds runs', defaultRunsFolder)
      .option('--json', 'print the data instead of a table')
    addExamples(command, [
      ['leap runs', 'list the runs under ./runs'],
      ['leap runs --json', 'the same for scripts'],
    ])
  },
  async run(context, { json }, named) {
    const folder = resolve(context.cwd, named ?? defaultRunsFolder)
    const folders = isRun(folder) ? [folder] : (await runNames(folder)).map((name) => join(folder, name))
    if (folders.length === 0 && named !== defaultRunsFolder)
      throw new LeapError({
        code: 'RUNS_NOT_FOUND',
        message: `Expected a folder that holds runs, found none at ${folder}.`,
        remedy: 'A run is a folder with a manifest.json. `leap run` makes one under ./runs.',
      })
    const summaries = await Promise.all(folders.map((path) => summariseRun(path)))
    summaries.sort((a, b) => (b.started ?? '').localeCompare(a.started ?? '') || a.name.localeCompare(b.name))
    if (json) print(context, JSON.stringify(summaries, null, 2))
    else if (summaries.length === 0) note(context, `No runs in ${folder} yet. Start one with \`leap run\`.`)
    else list(context, summaries)
    return 0
  },
}

function list(context: CliContext, summaries: readonly RunSummary[]): void {
  const { style, clock } = context
  const paint: Record<RunState, (text: string) => string> = {
    running: style.accent,
    interrupted: style.warning,
    finished: style.good,
    unreadable: style.bad,
  }
  const ago = (time: string | undefined) =>
    time === undefined ? '' : `${formatDuration(clock.now() - Date.parse(time))} ago`
  const rows = summaries.map((summary) => [
    sanitizeLine(summary.name),
    paint[summary.state](summary.state),
    ago(summary.started),
    `${summary.phasesDone}${summary.phase === undefined ? '' : `, in ${sanitizeLine(summary.phase)}`}`,
    describeBest(summary),
  ])
  print(context, plainTable(['run', 'state', 'started', 'phases done', 'best'], rows, { bold: style.heading }))
  for (const { name, problem } of summaries)
    if (problem !== undefined) note(context, `${sanitizeLine(name)}: ${sanitizeLine(problem)}`)
}

function describeBest({ best }: RunSummary): string {
  if (best === undefined) return ''
  const percent = (share: number) => (100 * share).toFixed(1)
  return `${sanitizeLine(best.policy)} ${percent(best.rate)} % [${percent(best.low)}, ${percent(best.high)}] on ${best.episodes} of ${sanitizeLine(best.panel)}`
}
