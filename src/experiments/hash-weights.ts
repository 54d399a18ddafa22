import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hashFile } from '../support/hash-file.ts'

/** Hash of a checkpoint's weights: of the adapter where the folder holds one. */
export async function hashWeights(folder: string): Promise<string> {
  const adapter = join(folder, 'adapter_model.safetensors')
  return hashFile(existsSync(adapter) ? adapter : join(folder, 'model.safetensors'))
}
