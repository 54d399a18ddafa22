import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import { LeapError } from '../contracts/error.ts'
import { presets } from './presets/presets.ts'

export interface ConfigSource {
  /** Unchecked; a copy of its own. */
  value: unknown
  /** Line (from 1) of a field, or of the nearest one around it; undefined where the source has no lines. */
  lineOf(path: readonly PropertyKey[]): number | undefined
}

/** Reads a preset by name, a YAML or JSON file, or a module that exports `config`. Throws a LeapError `CONFIG_UNREADABLE`. */
export async function readConfigSource(source: string, cwd: string): Promise<ConfigSource> {
  if (Object.hasOwn(presets, source)) return withoutLines(presets[source as keyof typeof presets])
  const path = resolve(cwd, source)
  const extension = extname(path)
  const isModule = ['.ts', '.js', '.mjs'].includes(extension)
  if (!isModule && !['.yaml', '.yml', '.json'].includes(extension))
    throw unreadable(source, 'it is neither a preset nor a file of a known kind')
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(source, cause.code === 'ENOENT' ? 'there is no such file' : cause.message, cause)
  })
  return isModule ? readModule(source, path) : readYaml(source, text)
}

async function readModule(source: string, path: string): Promise<ConfigSource> {
  const module = await import(pathToFileURL(path).href).then(
    (loaded: { config?: unknown }) => loaded,
    (cause: Error) => {
      throw unreadable(source, `it cannot be loaded: ${cause.message}`, cause)
    },
  )
  if (module.config === undefined) throw unreadable(source, 'it exports no `config`')
  try {
    return withoutLines(module.config)
  } catch (cause) {
    throw unreadable(source, 'its `config` is not plain data', cause)
  }
}

function readYaml(source: string, text: string): ConfigSource {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const problem = document.errors[0]
  if (problem) throw unreadable(source, problem.message.trimEnd(), problem)
  return {
    value: document.toJS() ?? {},
    lineOf(path) {
      const offset = offsetOf(document, path)
      return offset === undefined ? undefined : lines.linePos(offset).line
    },
  }
}

/** Where the key of a field stands in the text; as far down the path as there are keys. */
function offsetOf({ contents }: Document, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = contents
  let offset: number | undefined
  for (const field of path) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === field) : undefined
    if (!pair) break
    offset = isScalar(pair.key) ? pair.key.range?.[0] : offset
    node = pair.value
  }
  return offset
}

function withoutLines(value: unknown): ConfigSource {
  return { value: structuredClone(value), lineOf: () => undefined }
}

function unreadable(source: string, found: string, cause?: unknown): LeapError {
  return new LeapError({
    code: 'CONFIG_UNREADABLE',
    message: `expected a preset (${Object.keys(presets).join(', ')}) or a configuration file (.yaml, .json, .ts), found "${source}": ${found}`,
    remedy: 'Start from a preset: `leap run quickstart --print-config > my.yaml`.',
    ...(cause === undefined ? {} : { cause }),
  })
}
