import Table from 'cli-table3'

/** A plain table: bold head, a rule below it, two spaces between columns. Cells must be safe to print. */
export function plainTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { bold, align = [] }: { bold: (text: string) => string; align?: readonly ('left' | 'right')[] },
): string {
  const nothing = Object.fromEntries(
    [
      'top',
      'top-mid',
      'top-left',
      'top-right',
      'bottom',
      'bottom-mid',
      'bottom-left',
      'bottom-right',
      'left',
      'left-mid',
      'mid',
      'mid-mid',
      'right',
      'right-mid',
    ].map((name) => [name, '']),
  )
  const table = new Table({
    head: head.map(bold),
    chars: { ...nothing, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    colAligns: head.map((_, index) => align[index] ?? 'left'),
  })
  for (const row of rows) table.push([...row])
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
