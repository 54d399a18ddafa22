import type { RootDescription, Sandbox, SandboxProvider } from '../sandbox/contract.ts'

/** What the original does to a container between two tasks: it brings back what git knows of, and nothing else. */
const tidy = 'git reset --hard; git clean -fd;'

/**
 * A provider whose one sandbox lives on: what was closed is handed out again, brought back by git as the original does it. So what git does not see stays, and
 * what it rewrites is new, as in the containers in which runs were recorded. No more than one is in use at a time.
 */
export function createLivingProvider(provider: SandboxProvider): SandboxProvider {
  let living: { sandbox: Sandbox; root: RootDescription } | undefined
  const replace = async () => {
    const { sandbox } = living ?? {}
    living = undefined
    await sandbox?.close()
  }
  const start = async (root: RootDescription): Promise<Sandbox> => {
    if (living !== undefined && living.root !== root) await replace()
    if (living !== undefined && !(await isTidied(living.sandbox))) await replace()
    if (living === undefined) {
      living = { sandbox: await provider.start(root), root }
      // The first look of git compares what it noted of files when the snapshot was made; in an image that is still true.
      await living.sandbox.run({ argv: ['git', 'update-index', '-q', '--refresh'] })
    }
    const { sandbox } = living
    return {
      root,
      hostname: sandbox.hostname,
      run: (request) => sandbox.run(request),
      changes: () => sandbox.changes(),
      reset: async () => {
        if (!(await isTidied(sandbox))) await sandbox.reset()
      },
      close: async () => {},
    }
  }
  return {
    kind: provider.kind,
    description: provider.description,
    limitsMemory: provider.limitsMemory,
    available: (programs) => provider.available(programs),
    prepare: (root) => provider.prepare(root),
    start,
    close: replace,
  }
}

async function isTidied(sandbox: Sandbox): Promise<boolean> {
  try {
    const { exitCode } = await sandbox.run({ argv: ['/bin/sh', '-c', tidy], limits: { milliseconds: 60_000 } })
    return exitCode === 0
  } catch {
    // Lost: a new one takes its place.
    return false
  }
}
