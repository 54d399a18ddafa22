import { officialIgnored, type RootDescription, type SandboxProvider } from '../sandbox/contract.ts'

/** Path -> whether the owner may execute it: all that git keeps of a file's permissions. */
export type TrackedFiles = ReadonlyMap<string, { executable: boolean }>

const lists = new WeakMap<SandboxProvider, Map<RootDescription, Promise<TrackedFiles>>>()

/** The files that a git repository at the root of a fresh sandbox would hold: all files and links, without those that have an ignored name above them. */
export function listTracked(root: RootDescription, provider: SandboxProvider): Promise<TrackedFiles> {
  const ofProvider = lists.get(provider) ?? new Map<RootDescription, Promise<TrackedFiles>>()
  lists.set(provider, ofProvider)
  const listed = ofProvider.get(root) ?? list(root, provider)
  ofProvider.set(root, listed)
  return listed
}

async function list(root: RootDescription, provider: SandboxProvider): Promise<TrackedFiles> {
  const names = (root.ignore ?? officialIgnored).flatMap((name, index) => [...(index > 0 ? ['-o'] : []), '-name', name])
  const sandbox = await provider.start(root)
  try {
    const pruned = ['(', ...names, '-o', '-name', '.git', ')', '-prune']
    const argv = [
      'find',
      '/',
      '-mindepth',
      '1',
      ...pruned,
      '-o',
      '(',
      '-type',
      'f',
      '-o',
      '-type',
      'l',
      ')',
      '-printf',
      '%m %p\\0',
    ]
    const { output } = await sandbox.run({ argv, limits: { milliseconds: 60_000 } })
    const text = Buffer.from(output).toString('utf8')
    const lines = text.split('\0').flatMap((line) => [...line.matchAll(/^(\d+) (\/.*)$/gs)])
    return new Map(lines.map(([, mode, path]) => [path!, { executable: isExecutable(Number.parseInt(mode!, 8)) }]))
  } finally {
    await sandbox.close()
  }
}

export const isExecutable = (mode: number) => (mode & 0o100) !== 0
