import type { Sandbox } from '../sandbox/contract.ts'

/** What a command prints, byte for byte. That of a program which is missing (`md5deep` is, in the original too) is the same everywhere. */
export async function rawOutput(sandbox: Sandbox, argv: readonly string[]): Promise<string> {
  const { output, cut } = await sandbox.run({ argv })
  return cut === 'program-missing' ? 'missing' : Buffer.from(output).toString('latin1')
}
