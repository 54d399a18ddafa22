import type { RootDescription, SandboxProvider } from '../sandbox/contract.ts'
import { parseStatus } from '../upstream/git-status.ts'
import { describeOutput } from './describe-output.ts'
import { rawOutput } from './raw-output.ts'
import { readAction } from './read-action.ts'
import { hashCommand } from './reward.ts'
import { readStatus } from './status.ts'

/** How the gold command went in a file system of its own, and what it left there. */
export interface GoldRun {
  /** What it printed; null where it could not be run or printed no UTF-8 (`corrupt_gold`). */
  output: string | null
  exitCode: number
  /** Output of `git status --short` after it. */
  status: string
  /** Outputs of the commands that the reward compares, by their words joined by NUL. */
  hashes: ReadonlyMap<string, string>
}

/** The original gives gold commands no time limit; here they have this much, milliseconds, so that a broken one ends. */
const goldTimeout = 60_000

/** Runs a gold command as the original does: with an action's quoting, in a fresh file system, at its root, even where it starts with `cd`. */
export async function runGold(
  provider: SandboxProvider,
  root: RootDescription,
  gold: string,
  shell = '/bin/bash',
): Promise<GoldRun> {
  const sandbox = await provider.start(root)
  try {
    // A leading blank keeps the reader from taking `cd` for a change of the session's directory.
    const wanted = readAction(` ${gold}`, '/', shell)
    let output: string | null = null
    let exitCode = 1
    if (wanted.kind === 'run') {
      const limits = { milliseconds: goldTimeout }
      const result = await sandbox.run({ argv: wanted.argv, directory: '/', limits })
      output = describeOutput(result, { directory: '/', program: wanted.argv[0]! }) ?? null
      exitCode = result.exitCode
    }
    const status = await readStatus(sandbox, provider)
    const hashes = new Map<string, string>()
    for (const { path } of parseStatus(status).entries.filter(({ code }) => code !== 'M' && code !== 'D')) {
      const argv = hashCommand(path)
      if (argv !== undefined) hashes.set(argv.join('\0'), await rawOutput(sandbox, argv))
    }
    return { output, exitCode, status, hashes }
  } finally {
    await sandbox.close()
  }
}
