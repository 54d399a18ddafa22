import { LeapError } from '../contracts/error.ts'
import type { LlamaConfig } from './config.ts'
import { type ParameterShape, type Projection, projectionPath, projectionShape, projections } from './parameters.ts'

/** Low-rank adaptation (Hu et al. 2021) as PEFT's LoraConfig states it: W x + (alpha / rank) B A dropout(x). */
export interface LoraSettings {
  rank: number
  alpha: number
  /** Share of the adapter's inputs that are zeroed in training. */
  dropout: number
  targetModules: readonly Projection[]
}

/** Names of an adapter's two matrices for a projection (PEFT's names without the `base_model.model.` prefix). */
export function loraNames(layer: number, projection: Projection): { a: string; b: string } {
  const path = projectionPath(layer, projection)
  return { a: `${path}.lora_A.weight`, b: `${path}.lora_B.weight` }
}

/** Every parameter of an adapter: A [rank, in] and B [out, rank] of each target module of each layer. */
export function loraParameters(config: LlamaConfig, settings: LoraSettings): ParameterShape[] {
  checkLora(settings)
  const result: ParameterShape[] = []
  for (let layer = 0; layer < config.num_hidden_layers; layer++)
    for (const projection of settings.targetModules) {
      const [out, input] = projectionShape(config, projection)
      const { a, b } = loraNames(layer, projection)
      result.push({ name: a, shape: [settings.rank, input] }, { name: b, shape: [out, settings.rank] })
    }
  return result
}

/** Throws LORA_SETTINGS naming the field. */
export function checkLora(settings: LoraSettings): void {
  const { rank, alpha, dropout, targetModules } = settings
  const fail = (message: string) => new LeapError({ code: 'LORA_SETTINGS', message: `lora.${message}` })
  if (!Number.isInteger(rank) || rank < 1) throw fail(`rank must be a positive integer, found ${rank}`)
  if (!(alpha > 0)) throw fail(`alpha must be positive, found ${alpha}`)
  if (!(dropout >= 0 && dropout < 1)) throw fail(`dropout must be in [0, 1), found ${dropout}`)
  if (targetModules.length === 0) throw fail('targetModules is empty')
  const unknown = targetModules.find((module) => !(module in projections))
  if (unknown !== undefined)
    throw fail(`targetModules has ${unknown}, expected some of ${Object.keys(projections).join(', ')}`)
}
