import { z } from 'zod'
import type { FileSystemName } from './file-systems.ts'
import { type OfficialFile, readOfficialFile } from './official-files.ts'
import { readTable } from './read-table.ts'

/** A task of InterCode Bash: a request in words, and a command that does it. */
export interface BashTask {
  /** `fs_1/007`: file system and row. */
  id: string
  fileSystem: string
  /** Row of the official table, from 0. */
  row: number
  query: string
  /** One command; of a list, its commands joined by `;` as the original does. */
  gold: string
  /** What the task is about, by which tables are broken down. */
  category: string
}

const rowSchema = z.object({ query: z.string(), gold: z.union([z.string(), z.array(z.string())]) })

/** Table of each official file system. */
export const bashTables = {
  fs_1: 'nl2bash_fs_1.json',
  fs_2: 'nl2bash_fs_2.json',
  fs_3: 'nl2bash_fs_3.json',
  fs_4: 'nl2bash_fs_4.json',
  test: 'test_queries.json',
} as const satisfies Record<FileSystemName, OfficialFile>

/** The official tasks of one file system, in the table's order. Throws as `findOfficialFile` and `readTable`. */
export async function readBashTasks(folder: string, fileSystem: FileSystemName): Promise<BashTask[]> {
  const { path, text } = await readOfficialFile(folder, bashTables[fileSystem])
  return readTable(text, path, rowSchema).map(({ query, gold }, row) => ({
    id: taskId(fileSystem, row),
    fileSystem,
    row,
    query,
    gold: typeof gold === 'string' ? gold : gold.join(';'),
    category: fileSystem,
  }))
}

/** Row numbers are padded, so that ids sort as the table does. */
export const taskId = (group: string, row: number) => `${group}/${String(row).padStart(4, '0')}`
