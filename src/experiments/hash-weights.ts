import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { LeapError } from '../contracts/error.ts'
import { compareText } from '../support/compare-text.ts'
import { hashText } from '../support/hash.ts'
import { hashFile } from '../support/hash-file.ts'
import { referenceFile } from '../training/model-reference.ts'

/**
 * Hash of a checkpoint's weights: of the adapter where the folder holds one, of all shards where there are several, of the reference where the
 * weights are elsewhere.
 * Throws a LeapError `WEIGHTS_MISSING` if the folder holds none.
 */
export async function hashWeights(folder: string): Promise<string> {
  const found = await readdir(folder).catch((): string[] => [])
  if (found.includes(referenceFile)) return hashFile(join(folder, referenceFile))
  const names = found.filter((name) => name.endsWith('.safetensors'))
  const adapters = names.filter((name) => name === 'adapter_model.safetensors')
  const files = adapters.length > 0 ? adapters : names.sort(compareText)
  if (files.length === 0)
    throw new LeapError({
      code: 'WEIGHTS_MISSING',
      message: `expected weights (.safetensors) in ${folder}, found none`,
      remedy:
        'The checkpoint was deleted, or not written yet. A run makes it again if the phase that trained it is run anew.',
    })
  const hashes = await Promise.all(files.map((name) => hashFile(join(folder, name))))
  return hashes.length === 1 ? hashes[0]! : hashText(hashes)
}
