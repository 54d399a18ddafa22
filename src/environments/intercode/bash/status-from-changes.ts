import type { FileChange } from '../sandbox/contract.ts'
import { isExecutable, type TrackedFiles } from './tracked-files.ts'

/**
 * What `git status --short` would print at `/` for changed files, for a machine without git: nothing is staged, a change of the owner's execute bit is a
 * modification, folders count only through their files, and a folder without a tracked file is named once for all that is new in it.
 *
 * @param tracked what is in the repository's first commit
 */
export function statusFromChanges(changes: readonly FileChange[], tracked: TrackedFiles): string {
  const folders = foldersOf(tracked.keys())
  const lines = new Set<string>()
  for (const change of changes) {
    const line = lineFor(change, tracked, folders)
    if (line !== undefined) lines.add(line)
  }
  return [...lines].map((line) => `${line}\n`).join('')
}

function lineFor(
  { path, change, type, modeOnly, mode }: FileChange,
  tracked: TrackedFiles,
  folders: ReadonlySet<string>,
): string | undefined {
  if (type === 'other' && change !== 'deleted') return tracked.has(path) ? ` D ${quote(path)}` : undefined
  const known = tracked.get(path)
  if (known !== undefined) {
    if (change === 'deleted' || type === 'directory') return ` D ${quote(path)}`
    const isVisible = !modeOnly || mode === undefined || isExecutable(mode) !== known.executable
    return isVisible ? ` M ${quote(path)}` : undefined
  }
  if (change === 'deleted' || type === 'directory') return undefined
  return `?? ${quote(topmostNew(path, folders))}`
}

/** The highest folder of a new file that holds nothing tracked, with a slash; the file itself if there is none. */
function topmostNew(path: string, folders: ReadonlySet<string>): string {
  const parts = path.split('/').slice(1)
  for (let length = 1; length < parts.length; length++) {
    const folder = `/${parts.slice(0, length).join('/')}`
    if (!folders.has(folder)) return `${folder}/`
  }
  return path
}

function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>()
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) folders.add(path.slice(0, end))
  }
  return folders
}

const escapes: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
}

/** Without the leading slash; in quotes where git quotes: blanks, quotes, backslashes, control characters, and bytes above ASCII in octal. */
function quote(path: string): string {
  const name = path.slice(1)
  if (/^[!#-[\]-~]*$/.test(name)) return name
  let out = ''
  for (const byte of Buffer.from(name)) {
    const char = String.fromCharCode(byte)
    const isPlain = byte >= 0x20 && byte < 0x7f
    out += escapes[char] ?? (isPlain ? char : `\\${byte.toString(8).padStart(3, '0')}`)
  }
  return `"${out}"`
}
