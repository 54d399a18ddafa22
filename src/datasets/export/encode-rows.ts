import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer'
import type { ExportFormat } from './format.ts'

/** The bytes of a file with these rows. */
export function encodeRows(
  container: ExportFormat['container'],
  rows: readonly Record<string, unknown>[],
): Uint8Array | string {
  if (container === 'jsonl') return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  if (container === 'json') return `${JSON.stringify(rows, null, 1)}\n`
  const columnData = Object.entries(rows[0]!).map(([name, sample]): ColumnSource => {
    const isNullable = name === 'kind'
    const type = typeof sample === 'number' ? 'INT32' : typeof sample === 'boolean' ? 'BOOLEAN' : 'STRING'
    return { name, data: rows.map((row) => row[name]), type, nullable: isNullable }
  })
  return new Uint8Array(parquetWriteBuffer({ columnData }))
}
