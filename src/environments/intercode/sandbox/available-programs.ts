import type { RootDescription, Sandbox } from './contract.ts'

/** A root with nothing of its own, for proofs and for questions about programs. */
export const bareRoot: RootDescription = { name: 'bare', git: false }

/** Those of the programs that a sandbox finds in its PATH, in the given order. Closes the sandbox. */
export async function availablePrograms(sandbox: Sandbox, programs: readonly string[]): Promise<string[]> {
  try {
    const script = 'for name; do command -v -- "$name" >/dev/null && echo "$name"; done; :'
    const { output } = await sandbox.run({ argv: ['/bin/bash', '-c', script, 'bash', ...programs] })
    const found = new Set(Buffer.from(output).toString().split('\n'))
    return programs.filter((name) => found.has(name))
  } finally {
    await sandbox.close()
  }
}
