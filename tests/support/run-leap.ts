import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The checkout's own `leap`, as npx starts it. */
export const leapBinary = fileURLToPath(new URL('../../bin/leap.js', import.meta.url))

export interface LeapResult {
  /** Exit code; null if a signal ended the process. */
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface RunLeapOptions {
  cwd?: string
  env?: Record<string, string>
  /** What is typed or piped in; the input then ends. */
  input?: string
  onStart?: (child: ChildProcess) => void
  /** Called with the process and all of its output so far whenever there is more. */
  onOutput?: (child: ChildProcess, stdout: string, stderr: string) => void
}

/** Runs the real command line in a process of its own, without colours, and waits for its end. */
export function runLeap(argv: readonly string[], options: RunLeapOptions = {}): Promise<LeapResult> {
  const { cwd = process.cwd(), env = {}, input = '', onStart, onOutput } = options
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [leapBinary, ...argv], {
      cwd,
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    })
    onStart?.(child)
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      onOutput?.(child, stdout, stderr)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      onOutput?.(child, stdout, stderr)
    })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
    // A process that ends before it has read its input is no failure of the test.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}
