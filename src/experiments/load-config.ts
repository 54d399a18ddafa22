import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { LineCounter, parseDocument } from 'yaml'
import { LeapError } from '../contracts/error.ts'
import { type Config, configSchema } from './config.ts'
import { presets } from './presets/presets.ts'

/**
 * The configuration of a preset's name, a YAML or JSON file, or a TypeScript module that exports `config`. `overrides` are `dotted.field=value`
 * with the value as YAML. Throws a LeapError `CONFIG_UNREADABLE` or `CONFIG_INVALID` naming file, line and field.
 */
export async function loadConfig(
  source: string,
  { cwd, overrides = [] }: { cwd: string; overrides?: readonly string[] },
): Promise<Config> {
  const { value, where } = await read(source, cwd)
  const plain = structuredClone(value) as Record<string, unknown>
  for (const override of overrides) assign(plain, override)
  const parsed = configSchema.safeParse(plain)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(
    ({ path, message }) => `  ${path.join('.') || '(top level)'}${where(path)}: ${message}`,
  )
  throw new LeapError({
    code: 'CONFIG_INVALID',
    message: `${source}: ${issues.length === 1 ? 'one field is' : `${issues.length} fields are`} not as expected\n${issues.join('\n')}`,
    remedy: '`leap run <preset> --print-config` prints a complete configuration.',
    cause: parsed.error,
  })
}

interface Source {
  value: unknown
  /** ` (line 12)` of a field, where the source has lines. */
  where: (path: readonly PropertyKey[]) => string
}

async function read(source: string, cwd: string): Promise<Source> {
  if (source in presets) return { value: presets[source as keyof typeof presets], where: () => '' }
  const path = resolve(cwd, source)
  const extension = extname(path)
  if (!['.yaml', '.yml', '.json', '.ts', '.js', '.mjs'].includes(extension))
    throw unreadable(source, 'it is neither a preset nor a file of a known kind')
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(source, cause.code === 'ENOENT' ? 'there is no such file' : cause.message, cause)
  })
  if (['.ts', '.js', '.mjs'].includes(extension)) {
    const module = (await import(pathToFileURL(path).href)) as { config?: unknown }
    if (module.config !== undefined) return { value: module.config, where: () => '' }
    throw unreadable(source, 'it exports no `config`')
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  if (document.errors[0]) throw unreadable(source, document.errors[0].message, document.errors[0])
  return {
    value: document.toJS() ?? {},
    where: (field) => {
      for (let length = field.length; length > 0; length--) {
        const node = document.getIn(field.slice(0, length), true) as { range?: [number, number, number] } | undefined
        if (node?.range) return ` (line ${lines.linePos(node.range[0]).line})`
      }
      return ''
    },
  }
}

function unreadable(source: string, found: string, cause?: unknown): LeapError {
  return new LeapError({
    code: 'CONFIG_UNREADABLE',
    message: `expected a preset (${Object.keys(presets).join(', ')}) or a configuration file (.yaml, .json, .ts), found "${source}": ${found}`,
    remedy: 'Start from a preset: `leap run quickstart --print-config > my.yaml`.',
    ...(cause === undefined ? {} : { cause }),
  })
}

function assign(target: Record<string, unknown>, override: string): void {
  const equals = override.indexOf('=')
  const fields = override.slice(0, Math.max(0, equals)).split('.')
  if (equals < 1 || fields.some((field) => field === '' || field === '__proto__'))
    throw new LeapError({
      code: 'CONFIG_INVALID',
      message: `--set expects field=value with a dotted field, found "${override}"`,
    })
  let place = target
  for (const field of fields.slice(0, -1)) {
    const inner = place[field]
    place = place[field] = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {}
  }
  place[fields.at(-1)!] = parseDocument(override.slice(equals + 1)).toJS()
}
