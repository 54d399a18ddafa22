import { z } from 'zod'
import type { RootDescription, Sandbox, SandboxProvider } from '../sandbox/contract.ts'
import type { PythonTask } from '../tasks/python-tasks.ts'
import { pythonDriver } from './driver.ts'

/** Nothing but a place to run in. */
export const pythonRoot: RootDescription = { name: 'intercode-python', files: [], git: false }

/** What an action gave. */
export interface PythonTurn {
  text: string
  done: boolean
  executed: boolean
  reward?: number
  /** `time`, `lost` (the answer could not be read), `no-function` (the original raises IndexError). */
  flags: string[]
}

/** Wall time of all tests together, with the reference solution's, milliseconds; the original's client waits as long for one. */
const testTimeout = 30_000

/** Stands around the driver's answer. */
const recordSeparator = String.fromCharCode(0x1e)

interface Piece {
  code: string
  wrap?: boolean
}

const answersSchema = z.array(z.array(z.object({ text: z.string(), code: z.string().nullable() })))

/**
 * One episode of InterCode Python. The original keeps one interpreter; here each action runs everything so far again in a new one, so that no state can
 * outlive its episode.
 */
export class PythonSession {
  readonly #provider: SandboxProvider
  readonly #task: PythonTask
  readonly #timeout: number
  #sandbox: Sandbox | undefined
  #done: string[] = []
  #last: string

  constructor(provider: SandboxProvider, task: PythonTask, timeout = 10_000) {
    this.#provider = provider
    this.#task = task
    this.#timeout = timeout
    this.#last = task.query
  }

  async reset(): Promise<string> {
    this.#sandbox ??= await this.#provider.start(pythonRoot)
    this.#done = []
    this.#last = this.#task.query
    return this.#last
  }

  async step(action: string): Promise<PythonTurn> {
    if (action === 'skip') return { text: 'skipped', done: false, executed: false, flags: [] }
    if (action.startsWith('submit')) return this.#submit(action)
    const past = this.#done.map((code) => ({ code }))
    const answers = await this.#run([[...past, { code: action, wrap: true }]])
    if (typeof answers === 'string')
      return this.#observe({ text: 'Command timed out', executed: false, flags: [answers] })
    const { text, code } = answers[0]!.at(-1)!
    if (code !== null) this.#done.push(code)
    return this.#observe({ text, executed: code !== null && text.startsWith("{'output'"), flags: [] })
  }

  /**
   * Share of tests whose result is that of the gold solution, for the function of this name.
   *
   * @param staysAsInOriginal leaves the interpreter as the original leaves it: with the gold solution and nothing else. What was recorded after a submit was
   * seen there
   */
  async score(name: string, { staysAsInOriginal = false } = {}): Promise<number> {
    const { gold, tests, setup } = this.#task
    const pieces = (codes: readonly string[]): Piece[] => codes.filter((code) => code !== '').map((code) => ({ code }))
    const reference = pieces([setup, gold, ...tests])
    const done = this.#done
    if (staysAsInOriginal) this.#done = [setup, gold, ...tests]
    const agent = pieces([...done, `${referenceName(this.#task)} = ${name}`, setup, ...tests])
    const answers = await this.#run([agent, reference], Math.max(this.#timeout, testTimeout))
    if (typeof answers === 'string') return 0
    const [mine, theirs] = answers.map((session) => session.slice(-tests.length).map(({ text }) => text))
    return mine!.filter((text, index) => text === theirs![index]).length / tests.length
  }

  async close(): Promise<void> {
    await this.#sandbox?.close()
    this.#sandbox = undefined
  }

  async #submit(action: string): Promise<PythonTurn> {
    const name = action.split(/\s+/)[1]
    const end = { text: this.#last, done: true, executed: true }
    if (name === undefined) return { ...end, executed: false, reward: 0, flags: ['no-function'] }
    return { ...end, reward: await this.score(name), flags: [] }
  }

  #observe(turn: Omit<PythonTurn, 'done'>): PythonTurn {
    this.#last = turn.text
    return { ...turn, done: false }
  }

  async #run(sessions: readonly (readonly Piece[])[], milliseconds = this.#timeout) {
    if (this.#sandbox === undefined) await this.reset()
    const argv = ['python3', '-I', '-c', pythonDriver, JSON.stringify(sessions)]
    const { output, cut } = await this.#sandbox!.run({ argv, limits: { milliseconds } })
    if (cut === 'time' || cut === 'output' || cut === 'memory') return 'time'
    const parsed = Buffer.from(output).toString('utf8').split(recordSeparator).at(-2)
    return parsed === undefined ? 'lost' : answersSchema.parse(JSON.parse(parsed))
  }
}

/**
 * The name under which the tests look for a function, as the original finds it: that of the first function that the gold solution defines, tested or not. For
 * some solutions that is a helper, so that no other function than one with the tested one's own name can win. Where the original finds none and raises
 * AttributeError (a blank before the bracket), the first name all the same.
 */
export function referenceName({ gold }: Pick<PythonTask, 'gold'>): string {
  return (/def (\w+)\(/.exec(gold) ?? /def\s+(\w+)/.exec(gold))?.[1] ?? 'undefined_function'
}
