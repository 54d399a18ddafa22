import type { CommandResult, RootDescription, Sandbox, SandboxProvider } from '../sandbox/contract.ts'
import { describeOutput } from './describe-output.ts'
import { rawOutput } from './raw-output.ts'
import { readAction } from './read-action.ts'
import { type BashReward, scoreBash } from './reward.ts'
import { type GoldRun, runGold } from './run-gold.ts'
import { readStatus } from './status.ts'

export interface BashSessionOptions {
  provider: SandboxProvider
  root: RootDescription
  query: string
  gold: string
  /** Shell of the file system's image. Default `/bin/bash`. */
  shell?: '/bin/bash' | '/bin/sh'
  /** Run the gold command once per episode and not at every submit, as the original does: for episodes that submit after every action. Default false. */
  keepGold?: boolean
  /** Takes the place of running the gold command: for one that does the same every time. Default: it is run in a file system of its own. */
  runGold?: () => Promise<GoldRun>
  /** Wall time of one action, milliseconds; the original's is 10 s. */
  actionTimeout?: number
}

/** What happened when an action was performed. */
export interface BashTurn {
  text: string
  /** InterCode's `action_executed`: the command ended with exit code 0. */
  executed: boolean
  done: boolean
  /** Where the original crashes or hangs, and what the sandbox did: `bare-cd`, `time`, `output`, `memory`, `restarted`. */
  flags: string[]
  reward?: BashReward
}

/**
 * One episode of InterCode Bash, as its BashEnv plays it: each action is a new shell, only files, background processes and the working directory stay.
 * The gold command runs in a file system of its own at every `submit`.
 */
export class BashSession {
  readonly #options: BashSessionOptions
  #sandbox: Sandbox | undefined
  #directory = '/'
  #observation: string
  #isUsed = false
  #gold: GoldRun | undefined

  constructor(options: BashSessionOptions) {
    this.#options = options
    this.#observation = options.query
  }

  /** Working directory of the next action: a text, which need not be a folder. */
  get directory(): string {
    return this.#directory
  }

  /** Back to the start. Returns the request. */
  async reset(): Promise<string> {
    const { provider, root, query } = this.#options
    if (this.#sandbox === undefined) this.#sandbox = await provider.start(root)
    else if (this.#isUsed) await this.#sandbox.reset()
    this.#isUsed = false
    this.#directory = '/'
    this.#observation = query
    return query
  }

  async step(action: string): Promise<BashTurn> {
    const sandbox = await this.#start()
    const wanted = readAction(action, this.#directory, this.#options.shell)
    switch (wanted.kind) {
      case 'skip':
        return { text: 'skipped', executed: false, done: false, flags: [] }
      case 'submit':
        return this.#submit()
      case 'bare-cd':
        return this.#observe({ text: malformed, executed: false, flags: ['bare-cd'] })
      case 'malformed':
        return this.#observe({ text: malformed, executed: false, flags: [] })
      case 'run': {
        this.#isUsed = true
        const milliseconds = this.#options.actionTimeout ?? 10_000
        const result = await sandbox.run({ argv: wanted.argv, directory: wanted.cwd, limits: { milliseconds } })
        const text = describeOutput(result, { directory: wanted.cwd, program: wanted.argv[0]! })
        const executed = text !== undefined && result.exitCode === 0 && result.cut === undefined
        if (executed && wanted.becomes !== undefined) this.#directory = wanted.becomes
        if (result.restarted) this.#directory = '/'
        return this.#observe({ text: text ?? malformed, executed, flags: flagsOf(result) })
      }
    }
  }

  /** The reward if the agent submitted now; its file system is only looked at. */
  async score(): Promise<BashReward> {
    const { reward } = await this.judge({ isFresh: !this.#options.keepGold })
    return reward
  }

  /** The same with what the gold command did; unless it shall be fresh, the gold command is run once per episode. */
  async judge({ isFresh = false } = {}): Promise<{ reward: BashReward; run: GoldRun }> {
    const agent = await this.#start()
    const {
      provider,
      root,
      shell,
      gold: command,
      runGold: run = () => runGold(provider, root, command, shell),
    } = this.#options
    const gold = (isFresh ? undefined : this.#gold) ?? (await run())
    this.#gold = gold
    const hash = async (argv: readonly string[]) => ({
      agent: await rawOutput(agent, argv),
      gold: gold.hashes.get(argv.join('\0')) ?? '',
    })
    const agentStatus = await readStatus(agent, provider)
    const { output: goldOutput, status: goldStatus } = gold
    const reward = await scoreBash({ agentStatus, goldStatus, agentOutput: this.#observation, goldOutput, hash })
    return { reward, run: gold }
  }

  async close(): Promise<void> {
    await this.#sandbox?.close()
    this.#sandbox = undefined
  }

  async #start(): Promise<Sandbox> {
    if (this.#sandbox === undefined) await this.reset()
    return this.#sandbox!
  }

  async #submit(): Promise<BashTurn> {
    const reward = await this.score()
    return { text: this.#observation, executed: true, done: true, flags: reward.flags, reward }
  }

  #observe(turn: Omit<BashTurn, 'done'>): BashTurn {
    this.#observation = turn.text
    return { ...turn, done: false }
  }
}

/** What the original answers where quotes do not close, or where an output is not UTF-8. */
const malformed = 'Malformed command'

function flagsOf({ cut, restarted }: CommandResult): string[] {
  const flags: string[] = cut === 'time' || cut === 'output' || cut === 'memory' ? [cut] : []
  if (restarted) flags.push('restarted')
  return flags
}
