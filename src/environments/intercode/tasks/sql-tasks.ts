import { z } from 'zod'
import { taskId } from './bash-tasks.ts'
import { readOfficialFile } from './official-files.ts'
import { readTable } from './read-table.ts'

/** A question about a database, and a query that answers it. */
export interface SqlTask {
  /** `spider/0123`. */
  id: string
  row: number
  query: string
  gold: string
  database: string
  /** `easy`, `medium`, `hard`, `extra`. */
  hardness: string
}

const rowSchema = z.object({ query: z.string(), gold: z.string(), db: z.string(), hardness: z.string().default('-') })

/** The 1,034 questions of Spider's development set. Throws as `findOfficialFile` and `readTable`. */
export async function readSqlTasks(folder: string): Promise<SqlTask[]> {
  const { path, text } = await readOfficialFile(folder, 'ic_spider_dev.json')
  return readTable(text, path, rowSchema).map(({ db, ...rest }, row) => ({
    id: taskId('spider', row),
    row,
    database: db,
    ...rest,
  }))
}
