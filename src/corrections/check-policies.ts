/**
 * What a failed check does: `drop` keeps the correction out of the training data, `rewrite` shows the finding to the teacher once and drops what is no better then
 * (and everything where the teacher cannot rewrite), `keep` only records the verdict, `off` does not look.
 */
export type CheckPolicy = 'drop' | 'rewrite' | 'keep' | 'off'

/** Which checks are made. Structural faults (see {@link DropCause}) are always dropped. */
export interface CheckPolicies {
  /** The corrected action is among the step's candidates. */
  available: CheckPolicy
  /** The reason gives away a secret (`findLeaks`). Kept or off for experiments at privilege level 5. */
  leak: CheckPolicy
  /** The reason mentions that there is a privileged source (`findPrivilegePhrases`). */
  mention: CheckPolicy
  /** The student, given its own history, would hardly say it: an estimate of how realizable the correction is. Needs a student that tells log-probabilities. */
  surprise: CheckPolicy
  /** Mean negative log-probability per token, nats, above which a correction is surprising. */
  surpriseLimit: number
  /** A model without privilege does not find the correction justified by the history. Costs a call per correction. */
  judge: CheckPolicy
  /** `every-step`: a teacher that answers for a whole trajectory must answer for each step, or its answers may be shifted against it. */
  coverage: 'subset' | 'every-step'
}

export const defaultCheckPolicies: CheckPolicies = {
  available: 'drop',
  leak: 'drop',
  mention: 'drop',
  surprise: 'off',
  surpriseLimit: 8,
  judge: 'off',
  coverage: 'subset',
}

/** Why a correction is kept out of the training data. */
export type DropCause =
  /** A field is missing or of the wrong type, or the teacher's answer for the step could not be read. */
  | 'malformed'
  /** The teacher declined to answer. */
  | 'refused'
  | 'wrong-trajectory'
  | 'unknown-step'
  | 'duplicate-step'
  | 'out-of-order'
  /** Coverage `every-step` was asked for and steps are missing. */
  | 'incomplete'
  | 'empty-reason'
  | 'empty-action'
  | CheckCause

/** The causes that a check gives, and that a teacher may be asked to mend. */
export type CheckCause = 'unavailable' | 'leak' | 'mention' | 'surprise' | 'unjustified'

/** The policy that a cause is subject to. */
export const policyOfCause: Record<CheckCause, 'available' | 'leak' | 'mention' | 'surprise' | 'judge'> = {
  unavailable: 'available',
  leak: 'leak',
  mention: 'mention',
  surprise: 'surprise',
  unjustified: 'judge',
}
