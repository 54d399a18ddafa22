import { LeapError } from '../contracts/error.ts'
import type { Evaluation } from './evaluation.ts'

/**
 * The best policy on the validation panel by success rate (Algorithm 1, last line). The evaluations come in the order of their
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
    if (evaluation.success.rate > best.success.rate) best = evaluation
  }
  return best
}
