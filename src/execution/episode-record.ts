import type { Step } from '../contracts/trajectory.ts'

/** What an episode has produced so far. Filled in place, so that a failed attempt still shows how far it came. */
export interface EpisodeRecord {
  instruction: string
  steps: Step[]
  finalObservation: string
  score: number
  done: boolean
  /** That of the last observation that had any. */
  info?: Record<string, unknown>
}

export function emptyRecord(): EpisodeRecord {
  return { instruction: '', steps: [], finalObservation: '', score: 0, done: false }
}
