import { LeapError } from '../contracts/error.ts'
import type { CliContext } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { sanitize } from './text/sanitize.ts'

/**
 * Prints what went wrong and returns the exit code. An error that a user can act on is said in a few lines; a mistake of ours is printed
 * with its stack. LEAP_DEBUG=1 prints the stack and the causes of every error.
 */
export function reportError(error: unknown, { stderr, errorStyle: style, signal, env }: CliContext): number {
  const write = (line: string) => stderr.write(`${line}\n`)
  if (signal.aborted && isAbort(error, signal)) return exitCodes.interrupted
  const debug = (env.LEAP_DEBUG ?? '') !== ''
  if (LeapError.is(error)) {
    write(`${style.bad('error')} ${style.heading(`[${error.code}]`)} ${sanitize(error.message)}`)
    if (debug) writeStacks(error, write)
    else writeCause(error, (line) => write(style.dim(line)))
    return exitCodes.failed
  }
  if (isSystemError(error)) {
    write(`${style.bad('error')} ${style.heading(`[SYSTEM_${error.code}]`)} ${sanitize(error.message)}`)
    if (debug) writeStacks(error, write)
    return exitCodes.failed
  }
  write(`${style.bad('internal error')} This is a mistake in leap, not in what you typed:`)
  writeStacks(error, write)
  write('Please report it with the command line and the lines above.')
  return exitCodes.failed
}

/** An abort shows as the signal's own reason, as a DOMException of some library, or as the cause of an error of ours. */
function isAbort(error: unknown, signal: AbortSignal): boolean {
  for (let current = error; current instanceof Error; current = current.cause)
    if (current === signal.reason || current.name === 'AbortError') return true
  return error === signal.reason
}

/** An error of the operating system that Node passes on (no such file, no space, permission denied). */
function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
}

/** The message of the cause, where the error's own message does not repeat it. */
function writeCause(error: LeapError, write: (line: string) => void) {
  const { cause } = error
  const message = cause instanceof Error ? cause.message : typeof cause === 'string' ? cause : ''
  const first = sanitize(message).split('\n', 1)[0]!
  // A schema library's message is JSON, whose first line says nothing; what it found is in the error's own message.
  if (/\p{L}/u.test(first) && !error.message.includes(first)) write(`  cause: ${first}`)
}

function writeStacks(error: unknown, write: (line: string) => void) {
  write(sanitize(error instanceof Error ? (error.stack ?? String(error)) : String(error)))
  if (error instanceof Error && error.cause !== undefined) {
    write('caused by:')
    writeStacks(error.cause, write)
  }
}
