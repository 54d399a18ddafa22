import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { LeapError } from '../../../../contracts/error.ts'
import type {
  CommandLimits,
  CommandResult,
  RootDescription,
  Sandbox,
  SandboxLimits,
  SandboxProvider,
} from '../contract.ts'

/** Milliseconds. Each test takes less than a second on a free machine; the limit only ends what hangs. */
export const patience = 600_000

/** So tight that nothing that gets through could hurt the machine that runs the tests. */
export const tightLimits: SandboxLimits = {
  memoryBytes: 96 * 2 ** 20,
  diskBytes: 8 * 2 ** 20,
  files: 2000,
  processes: 40,
  openFiles: 128,
  processorSeconds: 4,
}

export const smallRoot: RootDescription = {
  name: 'small',
  files: [
    { path: '/testbed/a.txt', type: 'file', content: 'hello\n' },
    { path: '/testbed/run.sh', type: 'file', content: '#!/bin/bash\necho ran\n', mode: 0o755 },
    { path: '/testbed/sub/b.txt', type: 'file', content: 'more\n' },
    { path: '/testbed/link', type: 'link', target: 'a.txt' },
    { path: '/testbed/empty', type: 'directory' },
  ],
}

/** The answer of a command in the form that tests compare. */
export interface Answer extends Omit<CommandResult, 'output'> {
  readonly text: string
}

export type Shell = (
  script: string,
  options?: { directory?: string; limits?: Partial<CommandLimits> },
) => Promise<Answer>

export function shellOf(sandbox: Sandbox): Shell {
  return async (script, options = {}) => {
    const { output, ...rest } = await sandbox.run({
      argv: ['/bin/bash', '-c', script],
      ...(options.directory === undefined ? {} : { directory: options.directory }),
      limits: { milliseconds: 20_000, outputBytes: 65_536, ...options.limits },
    })
    return { ...rest, text: Buffer.from(output).toString() }
  }
}

/** A folder for one test file, and its end. */
export function makeCache(): { path: string; remove(): Promise<void> } {
  const path = mkdtempSync(`${tmpdir()}/leap-sandbox-`)
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** Why this machine cannot isolate in this way, or undefined if it can. */
export async function whyNot(open: () => Promise<SandboxProvider>): Promise<string | undefined> {
  try {
    await (await open()).close()
  } catch (error) {
    if (LeapError.is(error)) return error.message
    throw error
  }
}
