import type { Sandbox, SandboxProvider } from '../sandbox/contract.ts'
import { statusFromChanges } from './status-from-changes.ts'
import { listTracked } from './tracked-files.ts'

/**
 * What `git status --short` says at the root of a sandbox: git itself says so where the root file system has it (an agent may have staged, committed or
 * broken the repository); elsewhere it is worked out from the files that changed.
 */
export async function readStatus(sandbox: Sandbox, provider: SandboxProvider): Promise<string> {
  if (await hasGit(sandbox, provider)) {
    const result = await sandbox.run({ argv: ['git', 'status', '--short'] })
    return Buffer.from(result.output).toString('utf8')
  }
  return statusFromChanges(await sandbox.changes(), await listTracked(sandbox.root, provider))
}

const known = new WeakMap<SandboxProvider, Promise<boolean>>()

async function hasGit({ root }: Sandbox, provider: SandboxProvider): Promise<boolean> {
  if (root.git === false) return false
  const answer = known.get(provider) ?? provider.available(['git']).then((found) => found.length > 0)
  known.set(provider, answer)
  return answer
}
