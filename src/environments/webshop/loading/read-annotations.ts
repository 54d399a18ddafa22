import { z } from 'zod'
import { LeapError } from '../../../contracts/error.ts'
import type { HumanInstruction } from '../goals/human-goals.ts'

const attributesSchema = z.record(
  z.string(),
  z.object({
    attributes: z.array(z.string()).optional(),
    instruction: z.string().nullish(),
    instruction_attributes: z.array(z.string()).nullish(),
  }),
)

/** What `items_ins_v2*.json` says of a product. */
export interface ProductAttributes {
  readonly attributes?: readonly string[] | undefined
  /** The request of its synthetic goals. */
  readonly instruction?: string | null | undefined
  readonly instruction_attributes?: readonly string[] | null | undefined
}

/**
 * The attributes file: by ASIN, attributes and the request of synthetic goals.
 * @throws LeapError `ANNOTATIONS_INVALID` naming the field
 */
export function readAttributes(json: unknown, where: string): Map<string, ProductAttributes> {
  return readMap(attributesSchema, json, where)
}

const instructionsSchema = z.record(
  z.string(),
  z.array(
    z.object({
      instruction: z.string(),
      instruction_attributes: z.array(z.string()),
      instruction_options: z.array(z.string()),
    }),
  ),
)

/**
 * The human instructions file: by ASIN, requests that people wrote.
 * @throws LeapError `ANNOTATIONS_INVALID` naming the field
 */
export function readInstructions(json: unknown, where: string): Map<string, HumanInstruction[]> {
  return readMap(instructionsSchema, json, where)
}

function readMap<Value>(schema: z.ZodType<Record<string, Value>>, json: unknown, where: string): Map<string, Value> {
  const parsed = schema.safeParse(json)
  if (parsed.success) return new Map(Object.entries(parsed.data))
  const issue = parsed.error.issues[0]!
  throw new LeapError({
    code: 'ANNOTATIONS_INVALID',
    message: `${where}: field "${issue.path.join('.')}": ${issue.message}`,
    remedy: 'Expected an object by ASIN: items_ins_v2*.json for attributes, items_human_ins.json for requests.',
    cause: parsed.error,
  })
}
