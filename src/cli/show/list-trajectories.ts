import type { Correction } from '../../contracts/correction.ts'
import { type CliContext, note, print } from '../context.ts'
import { sanitizeLine } from '../text/sanitize.ts'
import type { Style } from '../text/style.ts'
import { plainTable } from '../text/table.ts'
import type { TrajectorySummary } from './run-records.ts'

/** Prints the list from which `leap show <run> <number>` chooses, and what was left out of it. */
export function listTrajectories(
  context: CliContext,
  entries: readonly TrajectorySummary[],
  corrections: ReadonlyMap<string, readonly Correction[]>,
  { limit, json }: { limit: number; json?: boolean },
): void {
  if (json) {
    const records = entries.map(({ id, phase, policy, category, outcome, score, actions }) => ({
      ...{ id, phase, policy, category, outcome, score, actions },
      corrections: corrections.get(id)?.length ?? 0,
    }))
    print(context, JSON.stringify(records, null, 2))
    return
  }
  if (entries.length === 0) {
    note(context, 'No trajectory matches.')
    return
  }
  const { style } = context
  const shown = limit === 0 ? entries : entries.slice(0, limit)
  const rows = shown.map((entry, index) => [
    String(index + 1),
    paintOutcome(entry.outcome, style),
    String(entry.actions),
    correctionCounts(corrections.get(entry.id)),
    sanitizeLine(entry.policy),
    sanitizeLine(entry.id),
  ])
  const head = ['#', 'outcome', 'actions', 'corrected', 'policy', 'trajectory']
  print(context, plainTable(head, rows, { bold: style.heading, align: ['right', 'left', 'right', 'right'] }))
  const counts = (['success', 'failure', 'void'] as const).map(
    (outcome) => `${entries.filter((entry) => entry.outcome === outcome).length} ${outcome}`,
  )
  note(context, `${entries.length} trajectories: ${counts.join(', ')}`)
  if (shown.length < entries.length)
    note(
      context,
      `${entries.length - shown.length} more: --limit 0 lists all; --phase, --failed and --corrected narrow.`,
    )
}

function paintOutcome(outcome: TrajectorySummary['outcome'], style: Style): string {
  return { success: style.good, failure: style.bad, void: style.warning }[outcome](outcome)
}

/** Corrected steps, and in brackets how many of them were dropped. */
function correctionCounts(corrections: readonly Correction[] = []): string {
  if (corrections.length === 0) return ''
  const corrected = corrections.filter(({ isCorrected }) => isCorrected).length
  const dropped = corrections.filter((correction) => correction.dropped !== undefined).length
  return dropped === 0 ? String(corrected) : `${corrected} (-${dropped})`
}
