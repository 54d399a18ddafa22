import type { Environment } from './environment.ts'
import type { Policy } from './policy.ts'
import type { Teacher } from './teacher.ts'
import type { Trajectory } from './trajectory.ts'

/** How much a teacher uses and gives away; 1 (no privilege) to 5 (says the secret), paper section 4.5. */
export type PrivilegeLevel = 1 | 2 | 3 | 4 | 5

export interface TeacherSettings {
  level: PrivilegeLevel
  /** Weight of realizability in eq. 16. */
  lambda: number
}

/** An environment with what a run needs beside it. Bring your own: a module that exports `createDomain(options): Promise<Domain>`. */
export interface Domain {
  readonly environment: Environment
  /** One reason per step of a demonstration that has none, from the past alone (paper E.1.3). */
  explain?(demonstration: Trajectory): string[]
  /** Rewrites the student's steps. */
  teacher(settings: TeacherSettings): Teacher
  /** The same teacher acting by itself: for roll-in mixtures and for the control "BC on the teacher's own demonstrations". */
  teacherPolicy?(settings: TeacherSettings): Policy
  /** Scripted agents that the table shows beside the student. */
  baselines?(): Policy[]
  /** Kind of decision that a step was (`search`, `take`, ...), for balancing and reports. */
  kindOf?(trajectory: Trajectory, step: number): string
}
