import { LeapError } from '../../../contracts/error.ts'
import type { KtoExample } from '../../../contracts/example.ts'
import { createRandom } from '../../../support/random.ts'
import { type Evaluator, openEvaluator } from '../../../transformer/evaluate-loss.ts'
import { ktoObjective } from '../../../transformer/objectives/kto.ts'
import { packExamples } from '../../../transformer/packing.ts'
import type { TokenExample } from '../../../transformer/token-example.ts'
import { type TokenisedRow, tokeniseExamples } from '../tokenise.ts'
import { addLogProbabilities, segmentsOf } from './log-probabilities.ts'
import { floats, padded } from './piece-feeds.ts'
import { openReference } from './reference.ts'
import type { RuleFactory } from './rule.ts'

/**
 * Kahneman-Tversky optimisation. Completion r of row r is trained on; completion n + r, another row's answer behind row r's prompt, is only looked
 * at before an update: the mean log-ratio of such mismatched answers over the batch estimates how far the policy is from the reference.
 */
export const kto: RuleFactory<'kto'> = async (given, context) => {
  const { request, model, settings, packing } = context
  const weights = settings.kto
  const rows = checkLabels(given, weights)
  const own = tokeniseExamples(model.base, rows).map((row, segment) => ({ ...row, segment }))
  const mismatched = mismatch(own, request.seed, packing.longest)
  const reference = await openReference(context)
  let known: Float64Array = new Float64Array(0)
  let evaluator: Evaluator | undefined
  /** max(0, mean log-ratio of the mismatched answers of these rows) under the weights as they are. */
  const estimate = async (segments: readonly number[]): Promise<number> => {
    const others = segments.flatMap((segment) => mismatched[segment] ?? [])
    if (others.length === 0) return 0
    const sums = new Float64Array(2 * own.length)
    for (const batch of packExamples(others, packing)) addLogProbabilities(sums, batch, await evaluator!.losses(batch))
    const total = others.reduce((sum, { segment }) => sum + sums[segment!]! - known[segment!]!, 0)
    return Math.max(0, total / others.length)
  }
  return {
    objective: ktoObjective(weights),
    examples: own,
    decisive: [...reference.decisive, Int8Array.from(rows, ({ label }) => (label ? 1 : 0)).join('')],
    async begin(id) {
      const all = [...own, ...mismatched.filter((other) => other !== undefined)]
      known = await reference.logProbabilities(id, all, 2 * own.length)
      const { config } = model.base
      const { store: parameters, adapter } = model
      evaluator = await openEvaluator({ config, parameters, adapter, threads: settings.threads })
    },
    async prepare(batch) {
      const here = segmentsOf(batch)
      const kl = await estimate(here)
      return {
        ...batch,
        total: here.length,
        metrics: { kl },
        feeds({ segments }) {
          const size = padded(segments.length)
          const isDesirable = (segment: number) => rows[segment]!.label
          return {
            reference: floats(segments, size, (segment) => known[segment]!),
            labels: floats(segments, size, (segment) => (isDesirable(segment) ? 1 : -1)),
            rowWeights: floats(segments, size, (segment) =>
              isDesirable(segment) ? weights.desirable : weights.undesirable,
            ),
            kl: { type: 'float32', data: Float32Array.of(kl), shape: [] },
          }
        },
      }
    },
    close: async () => evaluator?.close(),
  }
}

interface LabelWeights {
  desirable: number
  undesirable: number
  oneSided: boolean
}

/**
 * The rows that have a weight. Throws DATA_ONE_SIDED where only one label is left without having been asked for: such a training runs, and moves
 * towards (or away from) everything alike, which is the rule's most reported silent failure.
 */
function checkLabels(rows: readonly KtoExample[], { desirable, undesirable, oneSided }: LabelWeights): KtoExample[] {
  const good = rows.filter(({ label }) => label).length
  const bad = rows.length - good
  const isAskedFor = oneSided || desirable === 0 || undesirable === 0
  if (!isAskedFor && rows.length > 0 && (good === 0 || bad === 0))
    throw new LeapError({
      code: 'DATA_ONE_SIDED',
      message: `rule kto: expected desirable and undesirable rows, found ${good} desirable and ${bad} undesirable ones`,
      remedy:
        'See why the teacher changed nothing (or everything is labelled alike), or say that it is meant: kto.oneSided: true, or kto.undesirable: 0 as the paper has it.',
    })
  return rows.filter(({ label }) => (label ? desirable : undesirable) > 0)
}

/** For every row another row's answer behind its prompt, the same pairing in every epoch; nothing where that would be too long to read. */
function mismatch(rows: readonly TokenisedRow[], seed: number, longest: number): (TokenExample | undefined)[] {
  const order = createRandom(seed, 'kto mismatch').shuffle([...rows.keys()])
  const partner = new Map(order.map((row, place) => [row, order[(place + 1) % order.length]!]))
  return rows.map((row, index) => {
    const { completion } = rows[partner.get(index)!]!
    const isTooLong = row.prompt.length + completion.length - 1 > longest
    return isTooLong ? undefined : { ...row, completion, segment: rows.length + index }
  })
}
