import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { LeapError } from '../contracts/error.ts'
import { writeFolderAtomic } from '../support/atomic-folder.ts'
import { readJson } from './checkpoint.ts'
import type { LlamaConfig } from './config.ts'
import { type LoraSettings, loraNames, loraParameters } from './lora.ts'
import { type Projection, projectionPath, projections } from './parameters.ts'
import { encodeSafetensors, readSafetensors, type Weight, type Weights } from './safetensors.ts'

/** A LoRA adapter: its settings, its matrices by name (without PEFT's prefix), and the model that it belongs to. */
export interface Adapter {
  settings: LoraSettings
  weights: Weights
  /** As the file has it: a folder relative to the adapter's, an absolute one, or a name on a hub. */
  base: string
}

const prefix = 'base_model.model.'

/** The fields of adapter_config.json that decide what the adapter does. */
const configSchema = z.looseObject({
  peft_type: z.literal('LORA'),
  target_modules: z.union([z.array(z.string()).min(1), z.string()]),
  r: z.number().int().positive().default(8),
  lora_alpha: z.number().positive().default(8),
  lora_dropout: z.number().min(0).max(1).default(0),
  base_model_name_or_path: z.string().nullish(),
  use_rslora: z.boolean().nullish(),
  use_dora: z.boolean().nullish(),
  bias: z.string().nullish(),
  modules_to_save: z.array(z.string()).nullish(),
  rank_pattern: z.record(z.string(), z.number()).nullish(),
  alpha_pattern: z.record(z.string(), z.number()).nullish(),
})

/**
 * Reads a PEFT adapter folder (adapter_config.json, adapter_model.safetensors) for a model of this config, and checks that it does something:
 * every matrix is there with its shape, none is not understood, and not every B is zero (a saved but untrained adapter, or one whose weights
 * were lost on the way, changes nothing and fails silently elsewhere). Throws ADAPTER_INVALID naming the field or matrix, ADAPTER_WITHOUT_EFFECT.
 */
export async function readAdapter(folder: string, config: LlamaConfig): Promise<Adapter> {
  const invalid = (found: string) =>
    new LeapError({
      code: 'ADAPTER_INVALID',
      message: `${folder}: ${found}`,
      remedy: 'Expected a LoRA adapter folder of PEFT for this base model.',
    })
  const parsed = configSchema.safeParse(await readJson(folder, 'adapter_config.json'))
  if (!parsed.success)
    throw invalid(
      `adapter_config.json: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
    )
  const file = parsed.data
  const patterned = Object.keys({ ...file.rank_pattern, ...file.alpha_pattern }).length > 0
  if (file.use_dora || patterned || (file.modules_to_save?.length ?? 0) > 0 || (file.bias ?? 'none') !== 'none')
    throw invalid('adapter_config.json asks for DoRA, biases, patterns or modules_to_save, which are not implemented')
  const targetModules = targetsOf(file.target_modules)
  if (!targetModules)
    throw invalid(
      `target_modules is ${JSON.stringify(file.target_modules)}, expected some of ${all.join(', ')} or all-linear`,
    )
  // Rank-stabilised LoRA divides by the root of the rank; expressed as the alpha that gives the same factor.
  const alpha = file.use_rslora ? file.lora_alpha * Math.sqrt(file.r) : file.lora_alpha
  const settings: LoraSettings = { rank: file.r, alpha, dropout: Math.min(file.lora_dropout, 0.99), targetModules }

  const found = await readSafetensors(join(folder, 'adapter_model.safetensors'))
  const weights = new Map<string, Weight>()
  const unknown = new Set(found.keys())
  for (const { name, shape } of loraParameters(config, settings)) {
    const weight = found.get(prefix + name)
    if (!weight) throw invalid(`adapter_model.safetensors lacks ${prefix}${name}`)
    if (weight.shape.join() !== shape.join())
      throw invalid(`${prefix}${name} is [${weight.shape.join(', ')}], expected [${shape.join(', ')}]`)
    weights.set(name, weight)
    unknown.delete(prefix + name)
  }
  if (unknown.size > 0)
    throw invalid(`adapter_model.safetensors holds ${[...unknown][0]}, which has no place in this model`)
  const adapter = { settings, weights, base: file.base_model_name_or_path ?? '' }
  checkEffect(adapter, folder)
  return adapter
}

/** Writes a PEFT adapter folder; it appears whole or not at all. Throws ADAPTER_WITHOUT_EFFECT if every B is zero. */
export async function writeAdapter(folder: string, adapter: Adapter): Promise<void> {
  checkEffect(adapter, folder)
  const { settings, weights, base } = adapter
  const config = {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: base,
    revision: null,
    inference_mode: true,
    r: settings.rank,
    lora_alpha: settings.alpha,
    lora_dropout: settings.dropout,
    target_modules: [...settings.targetModules],
    bias: 'none',
    fan_in_fan_out: false,
    use_rslora: false,
    use_dora: false,
    modules_to_save: null,
  }
  await writeFolderAtomic(folder, async (temporary) => {
    await writeFile(join(temporary, 'adapter_config.json'), `${JSON.stringify(config, null, 2)}\n`)
    const named = new Map([...weights].map(([name, weight]) => [prefix + name, weight]))
    await writeFile(join(temporary, 'adapter_model.safetensors'), encodeSafetensors(named))
  })
}

/**
 * The model's weights with W + (alpha / rank) B A in place of every adapted W. The given weights are left as they are.
 * Throws ADAPTER_WITHOUT_EFFECT if no number changes.
 */
export function mergeAdapter(
  config: LlamaConfig,
  weights: Weights,
  { settings, weights: adapter }: Pick<Adapter, 'settings' | 'weights'>,
): Map<string, Weight> {
  const merged = new Map(weights)
  const factor = settings.alpha / settings.rank
  let changed = false
  for (let layer = 0; layer < config.num_hidden_layers; layer++)
    for (const projection of settings.targetModules) {
      const names = loraNames(layer, projection)
      const path = `${projectionPath(layer, projection)}.weight`
      const { shape, data } = weights.get(path)!
      const [rows, columns] = shape as [number, number]
      const a = adapter.get(names.a)!.data
      const b = adapter.get(names.b)!.data
      const sum = data.slice()
      for (let row = 0; row < rows; row++)
        for (let inner = 0; inner < settings.rank; inner++) {
          const amount = factor * b[row * settings.rank + inner]!
          for (let column = 0; column < columns; column++)
            sum[row * columns + column]! += amount * a[inner * columns + column]!
        }
      changed ||= sum.some((value, index) => value !== data[index])
      merged.set(path, { shape, data: sum })
    }
  if (!changed) throw withoutEffect('the adapter', 'the product of its matrices is zero')
  return merged
}

const all = Object.keys(projections) as Projection[]

function targetsOf(modules: string | readonly string[]): Projection[] | undefined {
  if (modules === 'all-linear') return all
  const list = typeof modules === 'string' ? [modules] : modules
  const targets = all.filter((projection) => list.includes(projection))
  return targets.length === list.length ? targets : undefined
}

function checkEffect({ weights }: Adapter, folder: string): void {
  for (const [name, { data }] of weights) if (name.includes('lora_B') && data.some((value) => value !== 0)) return
  throw withoutEffect(folder, 'every lora_B matrix is zero')
}

function withoutEffect(name: string, why: string): LeapError {
  return new LeapError({
    code: 'ADAPTER_WITHOUT_EFFECT',
    message: `${name}: ${why}, so the adapter changes nothing`,
    remedy: 'Train the adapter, or check that the trained weights were saved.',
  })
}
