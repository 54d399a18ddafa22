import { LeapError } from '../contracts/error.ts'
import type { Evaluation } from './evaluation.ts'

/**
 * The best policy on the validation panel (Algorithm 1, last line), by success rate or by the measure that the domain is judged by. The evaluations come in the order of their
 * iterations; on a tie the earlier one wins. Throws a LeapError `SELECTION_INVALID` if there are none or their panels differ.
 */
export function selectBest(evaluations: readonly Evaluation[]): Evaluation {
  const [first, ...others] = evaluations
  const invalid = (message: string) => new LeapError({ code: 'SELECTION_INVALID', message })
  if (first === undefined) throw invalid('Expected at least one evaluation to select from, found none.')
  let best = first
  for (const evaluation of others) {
    if (evaluation.panel.hash !== first.panel.hash) {
      throw invalid(
        `Expected evaluations on one panel, found ${first.panel.name} (${first.panel.hash}) and ${evaluation.panel.name} (${evaluation.panel.hash}).`,
      )
    }
    if (meritOf(evaluation) > meritOf(best)) best = evaluation
  }
  return best
}

/** What a policy is selected by: its success rate, or the mean of its domain's criterion. */
export function meritOf({ success, measures, criterion }: Evaluation): number {
  if (criterion === undefined) return success.rate
  const measure = measures?.[criterion]
  if (measure !== undefined) return measure.mean
  throw new LeapError({
    code: 'SELECTION_INVALID',
    message: `Expected evaluations with the measure "${criterion}", found ${Object.keys(measures ?? {}).join(', ') || 'none'}.`,
  })
}
