import type { ExportedFile, ExportFormat, RowKind } from './format.ts'
import { exportFormats } from './formats.ts'
import { previewRows } from './preview.ts'
import type { WriteExportOptions } from './write-export.ts'

const meaning: Record<RowKind, string> = {
  sft: 'prompt and answer; the answer is learnt',
  dpo: "pairs: the teacher's correction against what the student said",
  kto: 'answers with a label: corrections are desirable, what they replaced is not',
}

/** How the README of every export begins, by which an export is known again. */
export const exportTitle = '# Training rows of '

/** The README of an export: what is in it, how to train on it, what to mind, and one row of each kind with its mask. */
export function exportReadme(
  options: WriteExportOptions & {
    files: readonly ExportedFile[]
    warnings: readonly string[]
    leftOut: readonly RowKind[]
  },
): string {
  const { format: name, source, files, warnings, leftOut, train } = options
  const format: ExportFormat = exportFormats[name]
  const byIteration = Map.groupBy(train.sft, ({ iteration }) => iteration)
  const origins = [...byIteration]
    .sort(([a], [b]) => a - b)
    .map(([iteration, rows]) => {
      return `${rows.length} ${iteration === 0 ? 'of demonstrations' : `of the corrections of iteration ${iteration}`}`
    })
  return `${exportTitle}${source}

${format.summary}.

| file | rows | what |
| --- | --- | --- |
${files.map(({ name, rows, kind, split }) => `| ${name} | ${rows} | ${meaning[kind]}${split === 'heldout' ? '; never trained on by the run' : ''} |`).join('\n')}

Rows for sft: ${origins.join(', ')}. Rows are shuffled. One row is one step of a game: the prompt is what the student saw then, to the last character, and holds
nothing of the hidden state that the teacher saw.
${leftOut.length > 0 ? `\nLeft out, since the format has no such rows: ${leftOut.join(', ')}.\n` : ''}${warnings.length > 0 ? `\n## Mind\n\n${warnings.map((text) => `- ${text}`).join('\n')}\n` : ''}
## Train

${format.usage(files)}

## One row of each kind

\`\`\`
${previewRows(train)}
\`\`\`
`
}
