import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { storeFiles } from './store-files.ts'

const progressSchema = z.object({
  /** Names and sizes of the files. */
  sources: z.record(z.string(), z.number()),
  /** Byte of the products file behind the last record that is in the store. */
  offset: z.number(),
  records: z.number(),
  segments: z.number(),
  /** All records are read. */
  isRead: z.boolean(),
  products: z.number(),
  /** Bytes of the products' records. */
  productBytes: z.number(),
  totalLength: z.number(),
})

/** Where the building of a store goes on. */
export type BuildProgress = z.infer<typeof progressSchema>

/** The progress noted in a folder; undefined if there is none, or none that can be read: then the building starts again. */
export async function readProgress(folder: string): Promise<BuildProgress | undefined> {
  try {
    return progressSchema.parse(JSON.parse(await readFile(join(folder, storeFiles.progress), 'utf8')))
  } catch {
    return undefined
  }
}
