import type { ExportFormat } from './format.ts'
import { axolotl } from './formats/axolotl.ts'
import { llamaFactory } from './formats/llama-factory.ts'
import { openai } from './formats/openai.ts'
import { parquet } from './formats/parquet.ts'
import { tinker } from './formats/tinker.ts'
import { trl } from './formats/trl.ts'

/** The formats of `leap export`, by name. */
export const exportFormats = {
  trl,
  openai,
  'llama-factory': llamaFactory,
  axolotl,
  tinker,
  parquet,
} satisfies Record<string, ExportFormat>

export type ExportFormatName = keyof typeof exportFormats
