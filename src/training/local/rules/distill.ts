import { LeapError } from '../../../contracts/error.ts'
import { type Evaluator, openEvaluator } from '../../../transformer/evaluate-loss.ts'
import { readMergedModel } from '../../../transformer/model-folder.ts'
import { distillObjective } from '../../../transformer/objectives/distill.ts'
import type { PackedBatch } from '../../../transformer/packed-batch.ts'
import { packExamples } from '../../../transformer/packing.ts'
import type { TokenExample } from '../../../transformer/token-example.ts'
import { storeOf } from '../stores.ts'
import { tokeniseExamples } from '../tokenise.ts'
import { segmentsOf } from './log-probabilities.ts'
import type { RuleContext, RuleFactory } from './rule.ts'

/**
 * On-policy distillation with privilege: at every token that the student said itself, its distribution over the next token is drawn towards that of a
 * frozen teacher which has read the hidden state too. The teacher is computed batch by batch, so memory does not grow with the data.
 */
export const distill: RuleFactory<'distill'> = async (rows, context) => {
  const { settings, packing, model } = context
  const teacher = await openTeacher(context)
  const longest = Math.min(packing.longest, teacher.base.config.max_position_embeddings)
  const number = (row: TokenExample, segment: number): TokenExample => ({ ...row, segment })
  const examples = tokeniseExamples(model.base, rows).map(number)
  const informed = tokeniseExamples(
    teacher.base,
    rows.map(({ privilegedPrompt, ...row }) => ({ ...row, prompt: privilegedPrompt })),
  ).map(number)
  let evaluator: Evaluator | undefined
  const { vocab_size: vocabulary } = model.base.config
  return {
    objective: distillObjective(settings.distill),
    examples,
    decisive: [teacher.parameters.values, ...informed.map(({ prompt }) => prompt as Int32Array)],
    async begin() {
      const { config } = teacher.base
      evaluator = await openEvaluator({
        config,
        parameters: teacher.parameters,
        logits: true,
        threads: settings.threads,
      })
    },
    async prepare(batch) {
      const said = new Map<number, Float32Array[]>()
      const packed = packExamples(
        segmentsOf(batch).map((segment) => informed[segment]!),
        { ...packing, rowTokens: Math.min(packing.rowTokens, longest), longest },
      )
      for (const part of packed) {
        const logits = await evaluator!.logits(part)
        for (const [loss, segment] of part.segments!.entries()) {
          const rowsOf = said.get(segment) ?? []
          said.set(segment, rowsOf)
          rowsOf.push(logits[loss]!)
        }
      }
      const places = placesOf(batch)
      return {
        ...batch,
        feeds({ losses, feeds }) {
          const count = feeds.targets!.shape[0]!
          const data = new Float32Array(count * vocabulary)
          losses.forEach((loss, place) => {
            data.set(said.get(batch.segments![loss]!)![places[loss]!]!, place * vocabulary)
          })
          return { teacher: { type: 'float32', data, shape: [count, vocabulary] } }
        },
      }
    },
    close: async () => evaluator?.close(),
  }
}

/** For every target its place in its completion. */
function placesOf({ segments }: PackedBatch): Int32Array {
  const next = new Map<number, number>()
  return Int32Array.from(segments!, (segment) => {
    const place = next.get(segment) ?? 0
    next.set(segment, place + 1)
    return place
  })
}

/** The frozen teacher. Throws TEACHER_VOCABULARY if it does not say the student's tokens. */
async function openTeacher({ request, model }: RuleContext) {
  const folder = request.teacher ?? request.from
  const base = await readMergedModel(folder)
  const { vocab_size: theirs } = base.config
  const { vocab_size: ours } = model.base.config
  if (theirs !== ours || JSON.stringify(base.tokenizer.model) !== JSON.stringify(model.base.tokenizer.model))
    throw new LeapError({
      code: 'TEACHER_VOCABULARY',
      message: `${folder}: expected a teacher with the student's vocabulary (${ours} tokens), found another one (${theirs} tokens)`,
      remedy:
        'Token-level distillation compares the two token by token: take a bigger model of the same family, or another rule.',
    })
  return { base, parameters: storeOf(base.weights) }
}
