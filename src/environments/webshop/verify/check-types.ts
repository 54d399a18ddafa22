import { z } from 'zod'
import type { NounExtractor } from '../reward/nouns.ts'
import { judgeType, titleScore } from '../reward/type-reward.ts'
import { readRows } from './read-rows.ts'

const typeSchema = z.object({
  goal_name: z.string(),
  purchased_name: z.string(),
  title_score: z.number().optional(),
  r_type: z.number().optional(),
  query_match: z.boolean().optional(),
  category_match: z.boolean().optional(),
})

/** How far our nouns lead to what runs with spaCy recorded. */
export interface TypeAgreement {
  readonly rows: number
  /** Rows that have r_type, and those of them where ours is the same. */
  readonly types: number
  readonly sameTypes: number
  /** Rows that have a title score, and the mean distance of ours from it. */
  readonly scores: number
  readonly meanError: number
}

/**
 * Compares r_type and title scores with recorded ones: `{goal_name, purchased_name, title_score, r_type, query_match, category_match}` a line. A report
 * and no check, since the tagger of the recordings is not here.
 */
export async function compareTypes(path: string, nouns: NounExtractor): Promise<TypeAgreement> {
  const rows = await readRows(path, typeSchema)
  let [types, sameTypes, scores, error] = [0, 0, 0, 0]
  for (const { row } of rows) {
    const score = titleScore(nouns(row.goal_name), nouns(row.purchased_name))
    if (row.title_score !== undefined) {
      scores++
      error += Math.abs(score - row.title_score)
    }
    if (row.r_type === undefined) continue
    types++
    if (judgeType(row.query_match === true || row.category_match === true, score) === row.r_type) sameTypes++
  }
  return { rows: rows.length, types, sameTypes, scores, meanError: scores === 0 ? 0 : error / scores }
}
