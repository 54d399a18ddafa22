import { buffer } from 'node:stream/consumers'
import { pack } from 'tar-stream'
import { officialIgnored, type RootDescription } from './contract.ts'

/** How a description becomes a file system, whatever isolates it: an archive to unpack in `/`, then a script for bash, run as root in `/`. */
export interface Setup {
  readonly archive: Uint8Array
  readonly script: string
}

/** Files that do not say when they were changed are of this time, so that a snapshot does not depend on when it is built. */
const defaultTime = 1_700_000_000

/** What holds no files of an episode, whatever the description ignores. */
const unreal = ['proc', 'sys', 'dev']

export async function setupOf(root: RootDescription): Promise<Setup> {
  return { archive: await archiveOf(root), script: scriptOf(root) }
}

async function archiveOf(root: RootDescription): Promise<Buffer> {
  const archive = pack()
  const files = [...(root.files ?? [])]
  if (root.script) files.push({ path: root.script.path, type: 'file', content: root.script.text, mode: 0o755 })
  if (root.git !== false && !files.some(({ path }) => path === '/.gitignore'))
    files.push({ path: '/.gitignore', type: 'file', content: `${ignoredNames(root).join('\n')}\n` })
  for (const entry of files) {
    const name = entry.path.replace(/^\/+/, '').replace(/\/+$/, '')
    const mtime = new Date((entry.modified ?? defaultTime) * 1000)
    const mode = entry.mode ?? (entry.type === 'directory' ? 0o755 : 0o644)
    if (entry.type === 'directory') archive.entry({ name, type: 'directory', mode, mtime })
    else if (entry.type === 'link')
      archive.entry({ name, type: 'symlink', linkname: entry.target ?? '', mode: 0o777, mtime })
    else archive.entry({ name, mode, mtime }, Buffer.from(entry.content ?? ''))
  }
  archive.finalize()
  return buffer(archive)
}

function ignoredNames(root: RootDescription): string[] {
  return [...new Set([...(root.ignore ?? officialIgnored), ...unreal])]
}

function scriptOf(root: RootDescription): string {
  const isMoved = Boolean(root.age) || root.clock !== undefined
  const lines = [...(!isMoved ? [] : ["printf -v start '%(%s)T' -1"]), 'cd /']
  if (root.script) lines.push(`${quote(root.script.path)} </dev/null || :`, 'cd /')
  if (root.git === false) return [...lines, ...agingOf(root)].join('\n')
  if (root.git === true) lines.push('command -v git >/dev/null || { echo "git is not installed"; exit 1; }')
  const pruned = [
    ...unreal.map((name) => `-path /${name}`),
    '-path /.git',
    ...ignoredNames(root).map((name) => `-name ${quote(name.replace(/[\\*?[]/g, '\\$&'))}`),
  ]
  return [
    ...lines,
    'if command -v git >/dev/null; then',
    '  set -e',
    // The identity is part of what InterCode's images hold in /root.
    '  git config --global user.email intercode@pnlp.org',
    '  git config --global user.name intercode',
    '  git -c init.defaultBranch=master init --quiet',
    '  git add --all',
    '  git commit --quiet --message "initial commit"',
    '  git clean --force -d --quiet',
    'else',
    // What git would do to folders that hold no file: a folder may become empty by losing its last one, hence the rounds.
    '  for round in $(seq 100); do',
    `    found=$(find / -mindepth 1 '(' ${pruned.join(' -o ')} ')' -prune -o -type d -empty -print -exec rmdir '{}' +)`,
    '    [ -n "$found" ] || break',
    '  done',
    'fi',
    ...agingOf(root),
    ...clockOf(root),
    // What git remembers of the files' times is no longer true, and it would read them all again at every status.
    ...(!isMoved ? [] : ['git update-index -q --refresh 2>/dev/null || :']),
  ].join('\n')
}

/** Puts what was written since the start back by days, each file by its own time, so that their order stays. */
function agingOf({ age }: RootDescription): string[] {
  if (!age) return []
  const past = unreal.map((name) => `-path /${name}`).join(' -o ')
  const touch = `touch --no-dereference --reference='{}' --date='-${24 * age} hours' '{}'`
  return [`find / -xdev '(' ${past} ')' -prune -o -newermt "@$((start - 1))" -exec ${touch} ';' 2>/dev/null || :`]
}

/** What was dated until then, by a script that was written before, seconds. */
const soon = 90 * 24 * 3600

/** Puts what the script dated forward by what has passed since it was written. */
function clockOf({ clock, script }: RootDescription): string[] {
  if (clock === undefined) return []
  const own = ['.gitignore', ...(script ? [script.path.replace(/^\/+/, '')] : [])]
  const others = own.map((name) => `[ "$file" != ${quote(name)} ]`).join(' && ')
  return [
    "git ls-files -z 2>/dev/null | while IFS= read -r -d '' file; do",
    `  { [ -f "$file" ] && ${others}; } || continue`,
    '  time=$(stat -c %Y "$file")',
    `  [ "$time" -ge ${clock + soon} ] || touch -m --date="@$((time + start - ${clock}))" "$file"`,
    'done || :',
  ]
}

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
