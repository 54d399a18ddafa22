import { access } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { LeapError } from '../contracts/error.ts'
import { type Adapter, mergeAdapter, readAdapter } from './adapter.ts'
import { type Checkpoint, readCheckpoint, readJson } from './checkpoint.ts'

/** A folder that holds a whole model, or an adapter that names its base. */
export interface ModelFolder {
  /** The whole model; with an adapter, its base as it is without. */
  base: Checkpoint
  adapter: Adapter | undefined
}

/**
 * Reads a model folder or a PEFT adapter folder together with its base. A relative `base_model_name_or_path` is looked up from the adapter's
 * folder first and then from the working directory. Throws as {@link readCheckpoint} and {@link readAdapter}, or ADAPTER_BASE_MISSING.
 */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  if (!(await exists(join(folder, 'adapter_config.json'))))
    return { base: await readCheckpoint(folder), adapter: undefined }
  const settings = (await readJson(folder, 'adapter_config.json')) as { base_model_name_or_path?: string | null }
  const named = settings.base_model_name_or_path ?? ''
  const candidates = named === '' ? [] : isAbsolute(named) ? [named] : [join(folder, named), resolve(named)]
  for (const candidate of candidates)
    if (await exists(join(candidate, 'config.json'))) {
      const base = await readCheckpoint(candidate)
      return { base, adapter: await readAdapter(folder, base.config) }
    }
  throw new LeapError({
    code: 'ADAPTER_BASE_MISSING',
    message: `${folder}: the base model ${JSON.stringify(named)} is no model folder (looked at ${candidates.join(', ') || 'nothing'})`,
    remedy: 'Put the path of the base model into base_model_name_or_path of adapter_config.json.',
  })
}

/** The folder's model with its adapter, if any, merged into the weights. */
export async function readMergedModel(folder: string): Promise<Checkpoint> {
  const { base, adapter } = await readModelFolder(folder)
  return adapter ? { ...base, folder, weights: mergeAdapter(base.config, base.weights, adapter) } : base
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
