import { findLeaks } from '../find-leaks.ts'
import { findPrivilegePhrases } from '../privilege-phrases.ts'
import type { LabelledCorrection } from './labelled-corrections.ts'

/** How well a check tells what it looks for. */
export interface Accuracy {
  check: string
  /** Share of what it finds that is what it looks for, and of what it looks for that it finds; 0 to 1. */
  precision: number
  recall: number
  found: number
  wanted: number
  /** What it found wrongly, and what it did not find. */
  wrong: LabelledCorrection[]
  missed: LabelledCorrection[]
}

/** A verdict of a check on a correction, against what it is known to be. */
export function measure(
  check: string,
  labelled: readonly LabelledCorrection[],
  isFound: (correction: LabelledCorrection) => boolean,
  isWanted: (correction: LabelledCorrection) => boolean,
): Accuracy {
  const verdicts = labelled.map((correction) => ({
    correction,
    found: isFound(correction),
    wanted: isWanted(correction),
  }))
  const of = (found: boolean, wanted: boolean) =>
    verdicts
      .filter((verdict) => verdict.found === found && verdict.wanted === wanted)
      .map(({ correction }) => correction)
  const right = of(true, true).length
  const wrong = of(true, false)
  const missed = of(false, true)
  return {
    check,
    precision: right / (right + wrong.length),
    recall: right / (right + missed.length),
    found: right + wrong.length,
    wanted: right + missed.length,
    wrong,
    missed,
  }
}

/** The checks that need no model. */
export function measureLexicalChecks(labelled: readonly LabelledCorrection[]): Accuracy[] {
  const leaks = ({ trajectory, step, reason }: LabelledCorrection) =>
    findLeaks(trajectory, step, reason, trajectory.steps[step]!.privileged!.secrets).leaks.length > 0
  const mentions = ({ reason }: LabelledCorrection) => findPrivilegePhrases(reason).length > 0
  return [
    measure('lexical leak', labelled, leaks, ({ leak }) => leak),
    measure('mention leak', labelled, mentions, ({ mention }) => mention),
    measure(
      'both together',
      labelled,
      (correction) => leaks(correction) || mentions(correction),
      ({ leak, mention }) => leak || mention,
    ),
  ]
}
