import type { CorrectionsSummary } from '../runs/record-corrections.ts'
import { renderGrid, type TableFormat } from './grid.ts'

/** What the checks found in each iteration, as a table; nothing where there were no corrections. */
export function checksTable(
  checks: readonly { iteration: number; summary: CorrectionsSummary }[],
  { format = 'text' }: { format?: TableFormat } = {},
): string {
  if (checks.length === 0) return ''
  const hasModels = checks.some(({ summary }) => summary.surprise.measured > 0 || summary.judged.shown > 0)
  const header = [
    'iteration',
    'steps',
    'kept',
    'changed',
    'not available',
    'leak',
    'hint',
    'mention',
    ...(hasModels ? ['surprise', 'unjustified'] : []),
    'rewritten',
    'dropped',
  ]
  const rows = checks.map(({ iteration, summary }) => [
    String(iteration),
    String(summary.received),
    String(summary.kept),
    String(summary.corrected),
    String(summary.found.unavailable),
    String(summary.found.leak),
    String(summary.found.hint),
    String(summary.found.mention),
    ...(hasModels ? [surpriseText(summary), unjustifiedText(summary)] : []),
    rewrittenText(summary),
    list(summary.dropped),
  ])
  return [
    'Checks on corrections',
    renderGrid({ header, rows }, format),
    'found: in the last version of a correction, kept or not; rewritten: sent back to the teacher, and how many were kept then.',
  ].join('\n')
}

/** Mean over the corrections that it was measured for. */
function surpriseText({ surprise: { measured, nats }, dropped }: CorrectionsSummary): string {
  if (measured === 0) return '-'
  const too = dropped.surprise ?? 0
  return `${(nats / measured).toFixed(2)} nats${too > 0 ? `, ${too} too much` : ''}`
}

function unjustifiedText({ found, judged }: CorrectionsSummary): string {
  if (judged.shown === 0) return '-'
  return `${found.unjustified} of ${judged.shown}${judged.unreadable > 0 ? `, ${judged.unreadable} unreadable` : ''}`
}

function rewrittenText({ rewritten }: CorrectionsSummary): string {
  const causes = Object.entries(rewritten).map(([cause, { asked, kept }]) => `${kept} of ${asked} ${cause}`)
  return causes.join('\n') || '-'
}

function list(counts: Readonly<Record<string, number>>): string {
  return (
    Object.entries(counts)
      .map(([cause, count]) => `${count} ${cause}`)
      .join('\n') || '-'
  )
}
