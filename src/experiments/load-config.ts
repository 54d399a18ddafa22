import { LeapError } from '../contracts/error.ts'
import { type Config, configSchema } from './config.ts'
import { describeConfigIssues } from './describe-config-issues.ts'
import { overrideConfig } from './override-config.ts'
import { readConfigSource } from './read-config-source.ts'

/**
 * The configuration of a preset's name, a YAML or JSON file, or a TypeScript module that exports `config`. `overrides` are `dotted.field=value`
 * with the value as YAML. Throws a LeapError `CONFIG_UNREADABLE` or `CONFIG_INVALID` naming file, line and field.
 */
export async function loadConfig(
  source: string,
  { cwd, overrides = [] }: { cwd: string; overrides?: readonly string[] },
): Promise<Config> {
  const { value, lineOf } = await readConfigSource(source, cwd)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(source, [`expected fields with values, found ${JSON.stringify(value)}`])
  // `student: hf:<folder>` in short.
  if ('student' in value && typeof value.student === 'string') value.student = { checkpoint: value.student }
  const overridden = overrides.map((override) => overrideConfig(value as Record<string, unknown>, override))
  const parsed = configSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const where = (path: readonly PropertyKey[]) => {
    if (overridden.some((fields) => fields.every((field, index) => path[index] === field))) return ' (command line)'
    const line = lineOf(path)
    return line === undefined ? '' : ` (line ${line})`
  }
  throw invalid(source, describeConfigIssues(parsed.error, value, where), parsed.error)
}

function invalid(source: string, issues: readonly string[], cause?: unknown): LeapError {
  return new LeapError({
    code: 'CONFIG_INVALID',
    message: `${source}: ${issues.length === 1 ? 'one field is' : `${issues.length} fields are`} not as expected\n${issues.map((issue) => `  ${issue}`).join('\n')}`,
    remedy: '`leap run <preset> --print-config` prints a complete configuration.',
    ...(cause === undefined ? {} : { cause }),
  })
}
