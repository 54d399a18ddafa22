import type { Correction } from './correction.ts'
import type { Trajectory } from './trajectory.ts'

/** A correction that a check objects to. */
export interface RewriteRequest {
  correction: Correction
  /** What is wrong with it, in words that a teacher can act on. */
  finding: string
}

/** Rewrites a student's steps with the help of the privileged states recorded in the trajectory (paper section 3.1). */
export interface Teacher {
  readonly name: string
  /**
   * One correction per step that the teacher has an opinion on, in step order, unchecked.
   * Throws a LeapError `PRIVILEGE_MISSING` if it needs a privileged state that a step does not carry.
   */
  correct(trajectory: Trajectory, options: { seed: number; signal?: AbortSignal }): Promise<Correction[]>
  /** Corrections again that failed a check, with the finding shown. Those it cannot mend are left out. Absent: the teacher always says the same. */
  rewrite?(
    trajectory: Trajectory,
    requests: readonly RewriteRequest[],
    options: { seed: number; signal?: AbortSignal },
  ): Promise<Correction[]>
}
