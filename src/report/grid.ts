import Table from 'cli-table3'

export type TableFormat = 'text' | 'markdown'

export interface Grid {
  header: readonly string[]
  /** As many cells as the header has. A cell may have several lines. */
  rows: readonly (readonly string[])[]
}

/** Draws a grid for a terminal (boxes, no colours) or as Markdown. The first column is left-aligned, the others right-aligned. */
export function renderGrid({ header, rows }: Grid, format: TableFormat): string {
  if (format === 'markdown') {
    const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', '<br>')
    const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
    const rule = header.map((_, index) => (index === 0 ? ':--' : '--:'))
    return [line(header), line(rule), ...rows.map(line)].join('\n')
  }
  const table = new Table({
    head: header.map(printable),
    style: { head: [], border: [] },
    colAligns: header.map((_, index) => (index === 0 ? 'left' : 'right')),
  })
  table.push(...rows.map((row) => row.map(printable)))
  return table.toString()
}

/** Names come from files and models: control characters among them must not reach the terminal. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, '?')
}
