import { z } from 'zod'
import { tokenSetRatio } from '../reward/token-set-ratio.ts'
import type { CheckLog } from './check-log.ts'
import { readRows } from './read-rows.ts'

const ratioSchema = z.object({ a: z.string(), b: z.string(), score: z.number() })

/** Token-set ratios: `{a, b, score}` a line. Returns how many were compared. */
export async function checkRatios(path: string, log: CheckLog): Promise<number> {
  const rows = await readRows(path, ratioSchema)
  for (const { row, where } of rows)
    log.compare(where, `ratio of "${row.a}" and "${row.b}"`, row.score, tokenSetRatio(row.a, row.b))
  return rows.length
}
