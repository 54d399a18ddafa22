import { resolve } from 'node:path'
import { Option } from 'commander'
import type { ImportSummary } from '../../datasets/import/import-episodes.ts'
import { type ImportFormatName, importFormats } from '../../datasets/import/import-formats.ts'
import { addExamples, type CliCommand } from '../command.ts'
import { note, print } from '../context.ts'
import { createProgress } from '../progress/progress.ts'
import { formatCount } from '../text/duration.ts'
import { sanitizeLine } from '../text/sanitize.ts'

interface ImportCommandOptions {
  to: string
  format?: ImportFormatName
  environment?: string
  skipInvalid?: boolean
}

/** How many skipped records are named. */
const named = 5

/** `leap import`: trajectories of others as demonstrations. */
export const importCommand: CliCommand<ImportCommandOptions> = {
  configure(command) {
    command
      .argument('<data...>', 'files (.json, .jsonl) and folders with them')
      .requiredOption('--to <folder>', 'where to write; an earlier import there is replaced')
      .addOption(
        new Option('--format <name>', 'format of the data (default: recognised)').choices(Object.keys(importFormats)),
      )
      .option('--environment <name>', 'what the data are of, where they do not say it, for example alfworld')
      .option('--skip-invalid', 'leave records out that cannot be read, instead of stopping at the first')
    const width = Math.max(...Object.keys(importFormats).map(({ length }) => length))
    const formats = Object.entries(importFormats).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
    command.addHelpText('after', `\nFormats:\n${formats.join('\n')}`)
    addExamples(command, [
      ['leap import alfworld_train.json --to data/agentgym', 'AgentGym or ETO conversations'],
      [
        'leap import logs/raw_logs_w_reason --format leap --to data/leap',
        "logs of LEAP's released code, a file an episode",
      ],
      ['leap run household --set demonstrations.from=data/agentgym', 'start a run from them'],
    ])
  },
  async run(context, { to, format, environment, skipInvalid }, ...data) {
    const { importEpisodes } = await import('../../datasets/import/import-episodes.ts')
    const folder = resolve(context.cwd, to)
    const progress = createProgress(context.stderr, { clock: context.clock, style: context.errorStyle })
    const phase = progress.phase('import', { unit: 'records' })
    let summary: ImportSummary
    try {
      summary = await importEpisodes({
        from: data.flat().map((path) => resolve(context.cwd, path)),
        to: folder,
        ...(format ? { format } : {}),
        ...(environment === undefined ? {} : { environment }),
        ...(skipInvalid ? { skipInvalid } : {}),
        onProgress: (records) => {
          phase.set({ count: records })
          context.signal.throwIfAborted()
        },
      })
      phase.done()
    } finally {
      progress.stop()
    }
    const { episodes, successes, steps, reasons, corrections, skipped } = summary
    print(
      context,
      `${formatCount(episodes)} episodes (${formatCount(successes)} won), ${formatCount(steps)} steps, ${formatCount(reasons)} of them with a reason`,
    )
    if (corrections > 0) print(context, `${formatCount(corrections)} corrections of a teacher`)
    for (const line of skipped.slice(0, named)) note(context, `left out: ${sanitizeLine(line)}`)
    if (skipped.length > named)
      note(context, `left out: ${formatCount(skipped.length - named)} more (all are named in import.json)`)
    print(context, `Written to ${folder}. Start from them with: leap run <preset> --set demonstrations.from=${to}`)
    return 0
  },
}
