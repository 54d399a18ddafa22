import { LeapError } from '../contracts/error.ts'
import { exitCodes } from './exit-codes.ts'

export interface InterruptSource {
  on(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
}

/**
 * Turns Ctrl-C into an AbortSignal, so that a command can save what it has. The second Ctrl-C ends the process at once.
 * `announce` is told the first time, `exit` ends the process.
 */
export function watchInterrupts({
  source,
  announce,
  exit,
}: {
  source: InterruptSource
  announce: () => void
  exit: (code: number) => void
}): { signal: AbortSignal; interrupt: () => void } {
  const controller = new AbortController()
  const interrupt = () => {
    if (controller.signal.aborted) return exit(exitCodes.interrupted)
    announce()
    controller.abort(new LeapError({ code: 'INTERRUPTED', message: 'Interrupted.' }))
  }
  source.on('SIGINT', interrupt)
  source.on('SIGTERM', interrupt)
  return { signal: controller.signal, interrupt }
}
