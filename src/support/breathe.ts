import { setImmediate } from 'node:timers/promises'

/** Milliseconds that promises may run on before the event loop gets its turn. */
const longest = 20

let turned = performance.now()
let turning: Promise<void> | undefined

/**
 * Gives signals, timers and sockets of the process their turn if they have not had one for a while. Loops that await only promises
 * that are ready (a scripted policy on an engine in process) never leave the microtask queue, and Ctrl-C would not be heard until they end.
 * All callers wait for the same turn, because the event loop comes to it only when nobody goes on. Costs next to nothing when it is not due.
 */
export function breathe(): Promise<void> | undefined {
  if (turning === undefined && performance.now() - turned > longest) {
    turning = setImmediate().then(() => {
      turned = performance.now()
      turning = undefined
    })
  }
  return turning
}
