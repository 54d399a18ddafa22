import { z } from 'zod'
import { taskId } from './bash-tasks.ts'
import { readOfficialFile } from './official-files.ts'
import { readTable } from './read-table.ts'

/** A function to write, with its tests. */
export interface PythonTask {
  /** `mbpp/0007`: row of the table. */
  id: string
  row: number
  query: string
  gold: string
  tests: readonly string[]
  setup: string
}

const rowSchema = z.object({
  query: z.string(),
  gold: z.string(),
  tests: z.array(z.string()).min(1),
  test_setup_code: z.string().default(''),
})

/** The 974 tasks of MBPP. Throws as `findOfficialFile` and `readTable`. */
export async function readPythonTasks(folder: string): Promise<PythonTask[]> {
  const { path, text } = await readOfficialFile(folder, 'ic_mbpp.json')
  return readTable(text, path, rowSchema).map(({ test_setup_code, ...rest }, row) => ({
    id: taskId('mbpp', row),
    row,
    setup: test_setup_code,
    ...rest,
  }))
}
