import type { Readable } from 'node:stream'
import { type Clock, systemClock } from '../support/clock.ts'
import { createOverlayOutput } from './overlay-output.ts'
import { createStyle, type Style, wantsColor } from './text/style.ts'

/** Where text goes: a terminal, a pipe, or a test's buffer. */
export interface TextOutput {
  write(text: string): unknown
  readonly isTTY?: boolean
  /** Width of the terminal; undefined in a pipe. */
  readonly columns?: number
}

export type TextInput = Readable & { readonly isTTY?: boolean }

/** All that a command may touch of the outside world. */
export interface CliContext {
  /** Results. */
  readonly stdout: TextOutput
  /** Progress, warnings and errors, so that results can be piped. */
  readonly stderr: TextOutput
  readonly stdin: TextInput
  readonly env: Readonly<Record<string, string | undefined>>
  /** Folder against which relative paths are resolved. */
  readonly cwd: string
  readonly clock: Clock
  /** Aborts on Ctrl-C. A command then saves what it has and lets the signal's reason be thrown. */
  readonly signal: AbortSignal
  /** The same as Ctrl-C, for commands that read the keyboard themselves. */
  readonly interrupt: () => void
  /** Colours for stdout. */
  readonly style: Style
  /** Colours for stderr. */
  readonly errorStyle: Style
}

/** Prints a line of a command's result. */
export function print(context: CliContext, line = ''): void {
  context.stdout.write(`${line}\n`)
}

/** Prints a line beside the result. */
export function note(context: CliContext, line: string): void {
  context.stderr.write(`${line}\n`)
}

/** Columns to lay a result out in: the terminal's, or 80 in a pipe; COLUMNS overrides both. */
export function columnsOf({ stdout, env }: Pick<CliContext, 'stdout' | 'env'>): number {
  const asked = Number(env.COLUMNS)
  return Number.isInteger(asked) && asked >= 20 ? asked : Math.max(20, stdout.columns || 80)
}

/** The context of this process. */
export function processContext(interruption: { signal: AbortSignal; interrupt: () => void }): CliContext {
  const argv = process.argv.slice(2)
  return {
    stdout: process.stdout,
    stderr: createOverlayOutput(process.stderr),
    stdin: process.stdin,
    env: process.env,
    cwd: process.cwd(),
    clock: systemClock,
    ...interruption,
    style: createStyle(wantsColor(process.stdout, process.env, argv)),
    errorStyle: createStyle(wantsColor(process.stderr, process.env, argv)),
  }
}
