import type { Environment } from './environment.ts'
import type { SftExample } from './example.ts'
import type { Policy } from './policy.ts'
import type { Renderer } from './renderer.ts'
import type { Teacher } from './teacher.ts'
import type { Step, Trajectory } from './trajectory.ts'

/** How much a teacher uses and gives away; 1 (no privilege) to 5 (says the secret), paper section 4.5. */
export type PrivilegeLevel = 1 | 2 | 3 | 4 | 5

export interface TeacherSettings {
  level: PrivilegeLevel
  /** Weight of realizability in eq. 16. */
  lambda: number
}

/** What a domain tells about searching, so that the measure of wasted returns knows no domain. */
export interface SearchProbe {
  /** The place that this action goes to look at, or undefined if it is no such action. */
  place: (step: Step) => string | undefined
  /** True while the agent still looks for something before this step, so that a return is wasted. Default: always. */
  isSearching?: (trajectory: Trajectory, step: number) => boolean
}

/** Splits of a domain that is not divided as the household games are. */
export interface DomainPanels {
  /** Split on which the best policy is selected. */
  selection: string
  reported: { name: string; split: string }[]
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
  readonly searchProbe?: SearchProbe
  /** How a small student's prompt and answer are written. Default: the compact format of `policies/prompts/compact.ts`. */
  readonly renderer?: Renderer
  /** What is one token at most in a fresh student's vocabulary: numbered names and phrases, or single words. Default: entities. */
  readonly spans?: 'entities' | 'words'
  /** Where the best policy is selected and what is reported. Default: `valid_seen` and `valid_unseen`, or held-out rooms of `train`. */
  readonly panels?: DomainPanels
  /** Numbers of a finished episode that tables average beside its success, in the order of their columns. */
  measures?(trajectory: Trajectory): Record<string, number>
  /** The measure by which the best policy is selected, larger being better. Default: success. */
  readonly criterion?: string
  /** Text of general skills that solves no task, of the kind a small base was pretrained on: mixed into training against forgetting. */
  replay?(walks: number, seed: number): SftExample[]
  /** Kind of decision that a step was (`search`, `take`, ...), for balancing and reports. */
  kindOf?(trajectory: Trajectory, step: number): string
}
