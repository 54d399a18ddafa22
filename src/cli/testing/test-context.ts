import { PassThrough } from 'node:stream'
import { systemClock } from '../../support/clock.ts'
import type { CliContext } from '../context.ts'
import { createStyle } from '../text/style.ts'

export interface TestContextOptions {
  env?: Record<string, string>
  cwd?: string
  /** Lines that the person types. */
  input?: readonly string[]
  columns?: number
}

/** A context for tests in one process: output is kept, input is given, an interruption is a call. */
export function testContext({ env = {}, cwd = process.cwd(), input = [], columns = 80 }: TestContextOptions = {}) {
  const out: string[] = []
  const err: string[] = []
  const stdin = new PassThrough()
  stdin.end(input.map((line) => `${line}\n`).join(''))
  const controller = new AbortController()
  const interrupt = () => controller.abort(new DOMException('Interrupted.', 'AbortError'))
  const context: CliContext = {
    stdout: { write: (text) => out.push(text), columns },
    stderr: { write: (text) => err.push(text), columns },
    stdin,
    env,
    cwd,
    clock: systemClock,
    signal: controller.signal,
    interrupt,
    style: createStyle(false),
    errorStyle: createStyle(false),
  }
  return { context, interrupt, stdout: () => out.join(''), stderr: () => err.join('') }
}
