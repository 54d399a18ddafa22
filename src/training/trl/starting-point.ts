import { access } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import { readJson } from '../../transformer/checkpoint.ts'
import { readModelReference } from '../model-reference.ts'
import type { TrainingBlock } from './training-settings.ts'

/** What a checkpoint folder stands for, in terms that transformers and PEFT load. */
export interface StartingPoint {
  /** Folder of a whole model, or its name on a hub. */
  base: string
  revision: string | null
  /** Folder of an adapter for it. */
  adapter: string | null
}

/**
 * Finds base and adapter of a checkpoint folder: an adapter names its base (relative to itself, to the working directory, absolute, or a name on
 * a hub); a model reference names a hub's. Throws TRAINING_START for a folder that holds neither model nor adapter, nor a reference to one.
 */
export async function findStartingPoint(folder: string): Promise<StartingPoint> {
  const reference = await readModelReference(folder)
  if (reference?.kind === 'hub') return { base: reference.model, revision: reference.revision ?? null, adapter: null }
  if (await exists(join(folder, 'adapter_config.json'))) {
    const { base_model_name_or_path: named = '', revision = null } = (await readJson(
      folder,
      'adapter_config.json',
    )) as {
      base_model_name_or_path?: string
      revision?: string | null
    }
    const candidates = isAbsolute(named) ? [named] : [join(folder, named), resolve(named)]
    for (const candidate of candidates)
      if (await exists(join(candidate, 'config.json')))
        return { base: resolve(candidate), revision: null, adapter: resolve(folder) }
    if (/^[\w.-]+(\/[\w.-]+)?$/.test(named) && !named.startsWith('.'))
      return { base: named, revision, adapter: resolve(folder) }
    throw start(folder, `its base model ${JSON.stringify(named)} is no model folder`)
  }
  if (await exists(join(folder, 'config.json'))) return { base: resolve(folder), revision: null, adapter: null }
  throw start(
    folder,
    `found no config.json, no adapter_config.json and no model reference${reference ? ` of a hub (found one of kind ${reference.kind})` : ''}`,
  )
}

/** Throws ADAPTER_MISMATCH if a training with these settings cannot go on from the adapter, or would throw it away. */
export async function checkAdapterFits({ adapter }: StartingPoint, lora: TrainingBlock['lora']): Promise<void> {
  if (adapter === null) return
  const found = (await readJson(adapter, 'adapter_config.json')) as { r?: number; lora_alpha?: number }
  if (lora && found.r === lora.rank && found.lora_alpha === lora.alpha) return
  throw new LeapError({
    code: 'ADAPTER_MISMATCH',
    message: `${adapter} is an adapter of rank ${found.r} and alpha ${found.lora_alpha}; training.lora asks for ${lora ? `rank ${lora.rank} and alpha ${lora.alpha}` : 'all weights'}`,
    remedy:
      'Use the same training.lora in all iterations, or start from a whole model (training.iteration.from: base).',
  })
}

function start(folder: string, found: string): LeapError {
  return new LeapError({
    code: 'TRAINING_START',
    message: `${folder}: expected a model or adapter folder in Hugging Face layout to start from; ${found}`,
    remedy:
      'Give student.checkpoint a folder, or a name on the Hugging Face hub such as hub:meta-llama/Meta-Llama-3-8B-Instruct.',
  })
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
