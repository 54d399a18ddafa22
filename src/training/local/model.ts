import { LeapError } from '../../contracts/error.ts'
import type { ParameterStore } from '../../tensor/parameter-store.ts'
import { mergeAdapter } from '../../transformer/adapter.ts'
import type { Checkpoint } from '../../transformer/checkpoint.ts'
import { initialiseLora } from '../../transformer/initialise.ts'
import type { LoraSettings } from '../../transformer/lora.ts'
import { readModelFolder } from '../../transformer/model-folder.ts'
import { storeOf } from './stores.ts'

/** A checkpoint made ready for training. */
export interface TrainedModel {
  base: Checkpoint
  /** All weights of the base. */
  store: ParameterStore
  adapter: { settings: LoraSettings; parameters: ParameterStore } | undefined
  /** What the optimiser changes: the adapter's matrices, or all weights. */
  trained: ParameterStore
}

/**
 * Opens what a training starts from. With `lora`, a whole model gets a fresh adapter, and an adapter of the same rank, alpha and targets goes
 * on (another is an error, ADAPTER_MISMATCH). Without, an adapter is merged into its base and all weights are trained.
 */
export async function openModel(from: string, lora: LoraSettings | undefined, seed: number): Promise<TrainedModel> {
  const { base, adapter: found } = await readModelFolder(from)
  if (!lora) {
    const store = storeOf(found ? mergeAdapter(base.config, base.weights, found) : base.weights)
    return { base, store, adapter: undefined, trained: store }
  }
  const store = storeOf(base.weights)
  if (found && !sameShape(found.settings, lora)) throw mismatch(from, found.settings, lora)
  const parameters = found ? storeOf(found.weights) : initialiseLora(base.config, lora, seed)
  return { base, store, adapter: { settings: lora, parameters }, trained: parameters }
}

function sameShape(a: LoraSettings, b: LoraSettings): boolean {
  const key = ({ rank, alpha, targetModules }: LoraSettings) => JSON.stringify([rank, alpha, [...targetModules].sort()])
  return key(a) === key(b)
}

function mismatch(folder: string, found: LoraSettings, wanted: LoraSettings): LeapError {
  const say = ({ rank, alpha, targetModules }: LoraSettings) =>
    `rank ${rank}, alpha ${alpha}, on ${targetModules.join(', ')}`
  return new LeapError({
    code: 'ADAPTER_MISMATCH',
    message: `${folder} is an adapter of ${say(found)}; the settings ask for ${say(wanted)}`,
    remedy: 'Use the same lora settings in all iterations, or start from a whole model.',
  })
}
