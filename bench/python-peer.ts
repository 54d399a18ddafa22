import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A Python process that answers one JSON line for each JSON line. */
export interface PythonPeer {
  /** What it said of itself when it was ready. */
  readonly greeting: unknown
  ask(request: unknown): Promise<unknown>
  close(): Promise<void>
}

/** Starts a script and waits for its first line. Throws with the end of what it printed where it stops before. */
export async function startPythonPeer(python: string, parameters: readonly string[]): Promise<PythonPeer> {
  const child = spawn(python, parameters, { stdio: ['pipe', 'pipe', 'pipe'] })
  let printed = ''
  child.stderr.on('data', (text: Buffer) => {
    printed = `${printed}${text}`.slice(-4000)
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const failed = failureOf(child, () => printed)
  const next = async (): Promise<unknown> => {
    const { value, done } = await Promise.race([lines.next(), failed])
    // The end of its output comes before its exit code.
    if (done) return failed
    return JSON.parse(value)
  }
  const greeting = await next()
  return {
    greeting,
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`)
      return next()
    },
    async close() {
      failed.catch(() => {})
      child.stdin.end()
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve))
    },
  }
}

function failureOf(child: ChildProcess, printed: () => string): Promise<never> {
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new Error(`the peer stopped (${signal ?? code}):\n${printed()}`)))
  })
  // Awaited with each answer; between two there is nobody to tell.
  failed.catch(() => {})
  return failed
}
