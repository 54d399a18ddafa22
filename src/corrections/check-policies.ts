/** What a failed check does: `drop` keeps the correction out of the training data, `mark` only records the verdict, `off` does not look. */
export type CheckPolicy = 'drop' | 'mark' | 'off'

/** Which checks are made. Structural faults (see {@link DropCause}) are always dropped. */
export interface CheckPolicies {
  /** The corrected action is among the step's candidates. */
  available: CheckPolicy
  /** The reason gives away a secret (`findLeaks`). Marked or off for experiments at privilege level 5. */
  leak: CheckPolicy
  /** The reason mentions that there is a privileged source (`findPrivilegePhrases`). */
  mention: CheckPolicy
  /** `every-step`: a teacher that answers for a whole trajectory must answer for each step, or its answers may be shifted against it. */
  coverage: 'subset' | 'every-step'
}

export const defaultCheckPolicies: CheckPolicies = {
  available: 'drop',
  leak: 'drop',
  mention: 'drop',
  coverage: 'subset',
}

/** Why a correction is kept out of the training data. */
export type DropCause =
  /** A field is missing or of the wrong type. */
  | 'malformed'
  | 'wrong-trajectory'
  | 'unknown-step'
  | 'duplicate-step'
  | 'out-of-order'
  /** Coverage `every-step` was asked for and steps are missing. */
  | 'incomplete'
  | 'empty-reason'
  | 'empty-action'
  | 'unavailable'
  | 'leak'
  | 'mention'
