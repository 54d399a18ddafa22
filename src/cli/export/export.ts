import { join, resolve } from 'node:path'
import { Option } from 'commander'
import { rowKinds } from '../../datasets/export/format.ts'
import { type ExportFormatName, exportFormats } from '../../datasets/export/formats.ts'
import { addExamples, type CliCommand } from '../command.ts'
import { note, print } from '../context.ts'
import { findRun } from '../runs/find-run.ts'
import { formatCount } from '../text/duration.ts'
import { sanitize } from '../text/sanitize.ts'

interface ExportOptions {
  format: ExportFormatName
  to?: string
  prompt?: 'compact' | 'brief' | 'chat'
  preview?: boolean
}

/** `leap export`: a run's training rows in the format of another trainer. */
export const exportCommand: CliCommand<ExportOptions> = {
  configure(command) {
    command
      .argument('<run>', 'folder of a run, or its name under runs/')
      .addOption(
        new Option('--format <name>', 'format to write').choices(Object.keys(exportFormats)).makeOptionMandatory(),
      )
      .option('--to <folder>', 'where to write; an earlier export there is replaced (default: <run>/exports/<format>)')
      .addOption(
        new Option('--prompt <format>', "write prompts in another format than the run's").choices([
          'compact',
          'brief',
          'chat',
        ]),
      )
      .option('--no-preview', 'do not print one row of each kind with its mask')
    const width = Math.max(...Object.keys(exportFormats).map(({ length }) => length))
    const formats = Object.entries(exportFormats).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
    command.addHelpText('after', `\nFormats:\n${formats.join('\n')}`)
    addExamples(command, [
      ['leap export quickstart --format trl', 'rows for TRL in runs/quickstart/exports/trl'],
      ['leap export runs/shop --format openai --to upload', 'files to upload for hosted fine-tuning'],
      ['leap export quickstart --format parquet --no-preview', 'tables with the origin of every row'],
    ])
  },
  async run(context, { format, to, prompt, preview }, named) {
    const run = await findRun(context.cwd, named!)
    const folder = to === undefined ? join(run, 'exports', format) : resolve(context.cwd, to)
    const { exportRun } = await import('../../experiments/export-run.ts')
    const { previewRows } = await import('../../datasets/export/preview.ts')
    const { files, warnings, leftOut, rows } = await exportRun({
      run,
      format,
      to: folder,
      cwd: context.cwd,
      ...(prompt ? { prompt } : {}),
    })
    if (preview !== false) print(context, `${sanitize(previewRows(rows))}\n`)
    for (const { name, rows: count } of files) print(context, `${name}: ${formatCount(count)} rows`)
    for (const kind of rowKinds)
      if (leftOut.includes(kind)) note(context, `left out: ${kind}, of which the format ${format} has no rows`)
    for (const warning of warnings) note(context, `mind: ${warning}`)
    print(
      context,
      `Checked by the rules of ${format} and written to ${folder}; README.md there says how to train on it.`,
    )
    return 0
  },
}
