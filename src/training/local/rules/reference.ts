import { resolve } from 'node:path'
import type { ParameterStore } from '../../../tensor/parameter-store.ts'
import { openEvaluator } from '../../../transformer/evaluate-loss.ts'
import type { LoraSettings } from '../../../transformer/lora.ts'
import { readMergedModel } from '../../../transformer/model-folder.ts'
import { planBatches, treesOf } from '../../../transformer/packing.ts'
import type { TokenExample } from '../../../transformer/token-example.ts'
import { storeOf } from '../stores.ts'
import { loadReference, saveReference } from '../training-state.ts'
import { addLogProbabilities } from './log-probabilities.ts'
import type { RuleContext } from './rule.ts'

/** The frozen policy that dpo and kto keep near: pi_{i-1} of Algorithm 1. */
export interface Reference {
  /** What determines its numbers, where it is another model than the one in training. */
  readonly decisive: readonly Float32Array[]
  /** log p of every completion, by its segment, [count], nats. Computed once a training, also if that is interrupted. */
  logProbabilities(id: string, examples: readonly TokenExample[], count: number): Promise<Float64Array>
}

/** The reference of a training: the folder that the request names, or the model that it starts from. */
export async function openReference({ request, model, settings, packing }: RuleContext): Promise<Reference> {
  const { from, reference = from, scratch } = request
  let judge: {
    parameters: ParameterStore
    adapter?: { settings: LoraSettings; parameters: ParameterStore } | undefined
  }
  const isOther = resolve(reference) !== resolve(from)
  if (isOther) judge = { parameters: storeOf((await readMergedModel(reference)).weights) }
  else judge = { parameters: model.store, adapter: model.adapter }
  return {
    decisive: isOther ? [judge.parameters.values] : [],
    async logProbabilities(id, examples, count) {
      const known = await loadReference(scratch, id)
      if (known) return known
      const evaluator = await openEvaluator({ config: model.base.config, ...judge, threads: settings.threads })
      try {
        const sums = new Float64Array(count)
        for (const planned of planBatches(treesOf(examples, packing), packing)) {
          const batch = planned()
          addLogProbabilities(sums, batch, await evaluator.losses(batch))
        }
        await saveReference(scratch, id, sums)
        return sums
      } finally {
        await evaluator.close()
      }
    },
  }
}
