import type { Spending } from '../models/wrappers/ledger.ts'
import { renderGrid, type TableFormat } from './grid.ts'

/** What models were asked and cost, by phase; nothing where none was asked. */
export function spendingTable(rows: readonly Spending[], { format = 'text' }: { format?: TableFormat } = {}): string {
  if (rows.length === 0) return ''
  const header = ['phase', 'model', 'calls', 'from the journal', 'tokens in', 'tokens out', 'US dollars']
  const body = rows.map(({ phase, model, calls, cached, tokens, cost, unpriced }) => [
    phase,
    model,
    calls.toLocaleString('en'),
    cached.toLocaleString('en'),
    tokens.prompt.toLocaleString('en'),
    tokens.completion.toLocaleString('en'),
    unpriced > 0 ? `${cost > 0 ? `${cost.toFixed(4)} + ` : ''}price unknown` : cost.toFixed(4),
  ])
  const total = rows.reduce((sum, { cost }) => sum + cost, 0)
  const unknown = rows.some(({ unpriced }) => unpriced > 0)
  return [
    'Models, over all sessions of the run',
    renderGrid({ header, rows: body }, format),
    `in all $${total.toFixed(4)}${unknown ? ' and what is not priced' : ''}.`,
  ].join('\n')
}
