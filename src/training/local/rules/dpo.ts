import type { MicroBatch } from '../../../transformer/micro-batches.ts'
import { dpoObjective } from '../../../transformer/objectives/dpo.ts'
import type { TokenExample } from '../../../transformer/token-example.ts'
import { tokeniseExamples } from '../tokenise.ts'
import { segmentsOf } from './log-probabilities.ts'
import { floats, padded } from './piece-feeds.ts'
import { openReference } from './reference.ts'
import type { RuleFactory } from './rule.ts'

/** Direct preference optimisation; completions 2 p and 2 p + 1 are the chosen and the rejected one of pair p, which share their prompt's tokens. */
export const dpo: RuleFactory<'dpo'> = async (pairs, context) => {
  const { model, settings } = context
  const answers = (key: 'chosen' | 'rejected') =>
    tokeniseExamples(
      model.base,
      pairs.map((pair) => ({ ...pair, completion: pair[key] })),
    )
  const rejected = answers('rejected')
  const examples = answers('chosen').flatMap((chosen, pair): TokenExample[] => [
    { ...chosen, segment: 2 * pair, unit: pair },
    { ...rejected[pair]!, segment: 2 * pair + 1, unit: pair },
  ])
  const reference = await openReference(context)
  let known: Float64Array = new Float64Array(0)
  return {
    objective: dpoObjective(settings.dpo),
    examples,
    decisive: reference.decisive,
    async begin(id) {
      known = await reference.logProbabilities(id, examples, examples.length)
    },
    prepare(batch) {
      const total = segmentsOf(batch).length / 2
      const chosenTokens = batch.segments!.reduce((sum, segment) => sum + (isChosen(segment) ? 1 : 0), 0)
      // Divided by the pairs like the preference, this becomes the mean over the chosen tokens of the batch.
      const sftWeight = (settings.dpo.sft * total) / chosenTokens
      return {
        ...batch,
        total,
        feeds(piece) {
          const { segments } = piece
          const size = padded(segments.length)
          const pairsHere = [...new Set(segments.map(pairOf))]
          const places = new Map(pairsHere.map((pair, place) => [pair, place]))
          const owners = floats(segments, size, (segment) => places.get(pairOf(segment))!)
          return {
            reference: floats(segments, size, (segment) => known[segment]!),
            signs: floats(segments, size, (segment) => (isChosen(segment) ? 1 : -1)),
            pairOf: { ...owners, type: 'int32', data: Int32Array.from(owners.data as Float32Array) },
            pairWeights: floats(pairsHere, padded(pairsHere.length), () => 1),
            ...(settings.dpo.sft === 0 ? {} : { sftWeights: sftFeed(piece, sftWeight) }),
          }
        },
      }
    },
  }
}

const isChosen = (segment: number) => segment % 2 === 0
const pairOf = (segment: number) => Math.floor(segment / 2)

function sftFeed({ feeds, segments }: MicroBatch, weight: number) {
  const local = feeds.segments!.data as Int32Array
  return floats([...local], local.length, (place) => (isChosen(segments[place]!) ? weight : 0))
}
