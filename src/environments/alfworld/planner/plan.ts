/**
 * What a step of a plan is for. A `goto-...` says why the agent walks: `search` to the object that is wanted, `tool` to sink, microwave or
 * fridge, `lamp` to the lamp, `goal` to where the object belongs, `free` to get rid of a wrong object. `put` delivers, `put-back` frees the hand.
 */
export type PlanStepKind =
  | 'goto-search'
  | 'goto-tool'
  | 'goto-lamp'
  | 'goto-goal'
  | 'goto-free'
  | 'open'
  | 'take'
  | 'clean'
  | 'heat'
  | 'cool'
  | 'put'
  | 'put-back'
  | 'use'

export interface PlanStep {
  readonly kind: PlanStepKind
  readonly command: string
  /** The object taken, treated, put or switched. */
  readonly object?: string
  /** The receptacle that is walked to, opened, or acted upon. */
  readonly receptacle: string
}

/** A shortest plan and what it is about. */
export interface Plan {
  readonly commands: readonly string[]
  readonly steps: readonly PlanStep[]
  /** The object with which the goal is reached; of a pair, the one that is delivered last. */
  readonly target: string
  /** All objects with which the goal is reached: two for `two`, else one. */
  readonly targets: readonly string[]
  /** The receptacle in which the goal is reached, or the one that holds the lamp. */
  readonly goalReceptacle: string
  /** The lamp of a `look` goal. */
  readonly lamp?: string
}

/** Narrows the search: the shortest plan that uses this object, or ends at this receptacle. */
export interface PlanConstraint {
  readonly object?: string
  readonly goalReceptacle?: string
}
