import type { CommandResult, FileChange, RootDescription, Sandbox, SandboxProvider } from '../../sandbox/contract.ts'

/** What a scripted sandbox answers: by the words of the command after `/bin/bash -c`. */
export type Answers = Record<
  string,
  Partial<Omit<CommandResult, 'output'>> & { output?: string | Uint8Array; changes?: FileChange[] }
>

export interface ScriptedProvider extends SandboxProvider {
  /** Commands that were run, sandbox by sandbox: `0: ls @ /`. */
  readonly log: string[]
  /** Sandboxes that are open. */
  readonly alive: Set<number>
}

/** Sandboxes that run nothing and answer from a table. */
export function scriptedProvider(answers: Answers): ScriptedProvider {
  const log: string[] = []
  const alive = new Set<number>()
  let made = 0
  const start = async (root: RootDescription): Promise<Sandbox> => {
    const number = made++
    let changes: FileChange[] = []
    alive.add(number)
    return {
      root,
      hostname: `sandbox${number}`,
      async run({ argv, directory = '/' }) {
        const command = argv[0] === '/bin/bash' ? argv.slice(2).join('|') : argv.join(' ')
        log.push(`${number}: ${command} @ ${directory}`)
        const { output = '', changes: more, ...answer } = answers[command] ?? {}
        if (more) changes = more
        return { output: Buffer.from(output), exitCode: 0, milliseconds: 0, ...answer }
      },
      changes: async () => changes,
      reset: async () => {
        log.push(`${number}: reset`)
        changes = []
      },
      close: async () => void alive.delete(number),
    }
  }
  return {
    kind: 'host-usr',
    description: 'scripted',
    limitsMemory: false,
    available: async () => [],
    prepare: async () => {},
    start,
    close: async () => {},
    log,
    alive,
  }
}
