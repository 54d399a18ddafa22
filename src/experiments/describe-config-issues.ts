import { z } from 'zod'
import { configSchema } from './config.ts'

/** What is wrong with a configuration, one line for each field: `training.cloning.updates (line 12): expected ..., found ...`. */
export function describeConfigIssues(
  error: z.ZodError,
  value: unknown,
  /** ` (line 12)` of a field, or nothing. */
  where: (path: readonly PropertyKey[]) => string,
): string[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => {
        const path = [...issue.path, key]
        return `${path.join('.')}${where(path)}: unknown field (known: ${fieldsAt(issue.path).join(', ')})`
      })
    const { path } = issue
    const expected = issue.message
      .replace(/^(?:Invalid (?:input|option)|Too (?:small|big)): /, '')
      .replace(/, received .*/, '')
    const found = path.reduce(
      (inner: unknown, field) => (inner as Record<PropertyKey, unknown> | undefined)?.[field],
      value,
    )
    const shown = found === undefined ? 'nothing' : JSON.stringify(found)
    return `${path.join('.') || 'the whole'}${where(path)}: ${expected}, found ${shown.length > 60 ? `${shown.slice(0, 60)}...` : shown}`
  })
}

/** The fields that the schema knows at a path. */
function fieldsAt(path: readonly PropertyKey[]): string[] {
  let schema = unwrapped(configSchema)
  for (const field of path)
    schema = schema instanceof z.ZodObject ? unwrapped(schema.shape[field as string] as z.ZodType) : schema
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

/** The schema inside what says that a field may be left out. */
function unwrapped(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema
}
