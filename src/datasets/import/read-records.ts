import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import { parseLine } from '../../support/jsonl.ts'
import { readLines } from '../../support/read-lines.ts'
import { importError } from './import-error.ts'

/** A record with the place where it was found: `file.jsonl:3`, `file.json, record 3`, `3.json`. */
export interface FoundRecord {
  place: string
  record: unknown
}

/**
 * The records of files and folders, in the order of their names (2 before 10): JSON Lines, a JSON array, or one JSON object a file.
 * Throws a LeapError `IMPORT_MISSING`, `IMPORT_INVALID` or `JSONL_INVALID`.
 */
export async function* readRecords(paths: readonly string[]): AsyncGenerator<FoundRecord> {
  for (const path of paths)
    for (const file of await filesOf(path)) {
      const name = basename(file)
      if (file.endsWith('.jsonl')) {
        for await (const { text, number } of readLines(file))
          if (text.trim() !== '') yield { place: `${name}:${number}`, record: parseLine(text, `${file}:${number}`) }
        continue
      }
      const value = parseFile(await readFile(file, 'utf8'), file)
      if (!Array.isArray(value)) yield { place: name, record: value }
      else for (const [index, record] of value.entries()) yield { place: `${name}, record ${index + 1}`, record }
    }
}

async function filesOf(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) return [path]
  const names = found?.isDirectory() ? await readdir(path) : []
  const files = names.filter((name) => /\.jsonl?$/.test(name))
  if (files.length === 0)
    throw new LeapError({
      code: 'IMPORT_MISSING',
      message: `expected a .json or .jsonl file, or a folder with some, found ${found ? 'a folder without any' : 'nothing'} at ${path}`,
    })
  return files.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).map((name) => join(path, name))
}

function parseFile(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw importError(file, 'JSON', cause instanceof Error ? cause.message : String(cause))
  }
}
