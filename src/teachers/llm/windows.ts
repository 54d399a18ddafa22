import type { Trajectory } from '../../contracts/trajectory.ts'
import { type DescribedStep, describePast, describeSteps } from './describe-steps.ts'

/** A piece of a trajectory that fits into one call. */
export interface Window {
  /** First step, and the one after the last. */
  from: number
  to: number
  steps: DescribedStep[]
  /** The latest earlier turns that fit too, oldest first. */
  earlier: { observation: string; action: string }[]
}

export interface WindowSettings {
  privileged: boolean
  /** Tokens that prompt and answer may have together. */
  contextTokens: number
  /** Tokens of the prompt without its turns. */
  frameTokens: number
}

/** Tokens of the answer for so many turns: reason, action and the copied action, with room to spare. */
export const answerTokens = (steps: number): number => 400 + 200 * steps

/** A safe guess: English JSON has about 3.5 characters a token. */
export const guessTokens = (text: string): number => Math.ceil(text.length / 3)

/**
 * Cuts a trajectory into pieces of which each fits into one call, together with its answer and up to a quarter of the context of what came before. A single turn
 * that does not fit is a piece by itself: the provider will say what it thinks of it.
 */
export function splitWindows(trajectory: Trajectory, settings: WindowSettings): Window[] {
  const { privileged, contextTokens, frameTokens } = settings
  const count = trajectory.steps.length
  const size = (from: number, to: number) =>
    guessTokens(JSON.stringify(describeSteps(trajectory, { from, to, privileged })))
  const whole = frameTokens + size(0, count) + answerTokens(count)
  if (whole <= contextTokens) return count === 0 ? [] : [open(trajectory, 0, count, 0, settings)]
  const pastTokens = Math.floor(contextTokens / 4)
  const room = contextTokens - frameTokens - pastTokens
  const windows: Window[] = []
  for (let from = 0; from < count; ) {
    let to = from + 1
    while (to < count && size(from, to + 1) + answerTokens(to + 1 - from) <= room) to++
    windows.push(open(trajectory, from, to, pastTokens, settings))
    from = to
  }
  return windows
}

function open(trajectory: Trajectory, from: number, to: number, pastTokens: number, { privileged }: WindowSettings) {
  const past = describePast(trajectory, from)
  let used = 0
  let kept = past.length
  while (kept > 0) {
    used += guessTokens(JSON.stringify(past[kept - 1]))
    if (used > pastTokens) break
    kept--
  }
  return { from, to, steps: describeSteps(trajectory, { from, to, privileged }), earlier: past.slice(kept) }
}
