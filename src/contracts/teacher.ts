import type { Correction } from './correction.ts'
import type { Trajectory } from './trajectory.ts'

/** Rewrites a student's steps with the help of the privileged states recorded in the trajectory (paper section 3.1). */
export interface Teacher {
  readonly name: string
  /**
   * One correction per step that the teacher has an opinion on, in step order, unchecked.
   * Throws a LeapError `PRIVILEGE_MISSING` if it needs a privileged state that a step does not carry.
   */
  correct(trajectory: Trajectory, options: { seed: number; signal?: AbortSignal }): Promise<Correction[]>
}
