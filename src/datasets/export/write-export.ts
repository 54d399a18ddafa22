import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import { writeFolderAtomic } from '../../support/atomic-folder.ts'
import { createRandom } from '../../support/random.ts'
import { refuseOtherFiles } from '../../support/refuse-other-files.ts'
import { encodeRows } from './encode-rows.ts'
import { type ExportedFile, type ExportFormat, type ExportRows, type RowKind, rowKinds } from './format.ts'
import { type ExportFormatName, exportFormats } from './formats.ts'
import { exportReadme, exportTitle } from './readme.ts'

export interface WriteExportOptions {
  format: ExportFormatName
  train: ExportRows
  /** Rows that the run never trained on. */
  heldOut: ExportRows
  /** Where the rows come from, for the README. */
  source: string
  seed: number
}

export interface WrittenExport {
  files: ExportedFile[]
  /** What a trainer would refuse, or do in silence. */
  warnings: string[]
  /** Kinds of rows that there are but the format has no place for. */
  leftOut: RowKind[]
}

/**
 * Writes the rows in a format that another trainer reads, into a folder that appears whole or not at all, with a README. Every row is checked by the format's own
 * rules before it is written, and every JSON file is read back. Rows are shuffled by the seed, since some trainers take them in the order of the file.
 * An earlier export in the folder is replaced. Throws a LeapError `EXPORT_EMPTY`, `EXPORT_INVALID` naming the row and field, or `FOLDER_TAKEN`.
 */
export async function writeExport(folder: string, options: WriteExportOptions): Promise<WrittenExport> {
  const { format: name, train, heldOut, seed } = options
  const format: ExportFormat = exportFormats[name]
  const files: ExportedFile[] = []
  const warnings: string[] = []
  await refuseOtherFiles(folder, () => isExport(folder), 'an earlier export')
  await writeFolderAtomic(folder, async (temporary) => {
    for (const [split, rows] of [
      ['train', train],
      ['heldout', heldOut],
    ] as const)
      for (const kind of rowKinds) {
        if (!format.rows[kind] || rows[kind].length === 0) continue
        const shuffled = createRandom(seed, 'export', split, kind).shuffle<ExportRows[RowKind][number]>(rows[kind])
        const suffix = split === 'train' ? '' : '.heldout'
        const file = { name: `${kind}${suffix}.${format.container}`, kind, split, rows: shuffled.length }
        const encoded = encodeRows(format.container, checkedRows(name, kind, shuffled))
        await writeFile(join(temporary, file.name), encoded)
        await readBack(format, join(temporary, file.name), file)
        files.push(file)
        warnings.push(
          ...(format.warnings?.(file, shuffled as { label?: boolean }[]) ?? []).map((text) => `${file.name}: ${text}`),
        )
      }
    if (!files.some(({ split }) => split === 'train'))
      throw new LeapError({
        code: 'EXPORT_EMPTY',
        message: `expected rows that the format ${name} can hold (${Object.keys(format.rows).join(', ')}), found none`,
        remedy: 'See `leap show <run>`: a run that has not got as far as its demonstrations has no rows yet.',
      })
    for (const [companion, text] of Object.entries(format.companions?.(files) ?? {}))
      await writeFile(join(temporary, companion), text)
    const leftOut = leftOutOf(format, train)
    await writeFile(join(temporary, 'README.md'), exportReadme({ ...options, files, warnings, leftOut }))
  })
  return { files, warnings, leftOut: leftOutOf(format, train) }
}

/** An export is known by how its README begins. */
async function isExport(folder: string): Promise<boolean> {
  const readme = await readFile(join(folder, 'README.md'), 'utf8').catch(() => '')
  return readme.startsWith(exportTitle)
}

function leftOutOf(format: ExportFormat, train: ExportRows): RowKind[] {
  return rowKinds.filter((kind) => !format.rows[kind] && train[kind].length > 0)
}

function checkedRows(
  name: ExportFormatName,
  kind: RowKind,
  rows: readonly ExportRows[RowKind][number][],
): Record<string, unknown>[] {
  const format: ExportFormat = exportFormats[name]
  const { write, schema } = format.rows[kind]!
  return rows.map((row) => {
    const written = write(row as never)
    const parsed = schema.safeParse(written)
    if (parsed.success) return written
    const [issue] = parsed.error.issues
    throw new LeapError({
      code: 'EXPORT_INVALID',
      message: `${row.trajectoryId} step ${row.step}: the format ${name} does not take this ${kind} row: ${issue!.path.join('.') || 'row'}: ${issue!.message}`,
      remedy: 'Drop the row, or see why its text is empty.',
      cause: parsed.error,
    })
  })
}

/** What was written is what was meant: as many rows, each by the rules. */
async function readBack({ container, rows }: ExportFormat, path: string, file: ExportedFile): Promise<void> {
  if (container === 'parquet') return
  const text = await readFile(path, 'utf8')
  const found: unknown[] =
    container === 'json'
      ? JSON.parse(text)
      : text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line))
  const { schema } = rows[file.kind]!
  const wrong = found.findIndex((row) => !schema.safeParse(row).success)
  if (found.length === file.rows && wrong < 0) return
  throw new LeapError({
    code: 'EXPORT_INVALID',
    message: `${file.name}: wrote ${file.rows} rows, read back ${found.length}${wrong < 0 ? '' : `, of which row ${wrong + 1} breaks the format's rules`}`,
  })
}
