import { resolve } from 'node:path'
import type { Provider } from '../provider.ts'

/** A checkpoint that runs in this process. */
export const localProvider: Provider = {
  summary: 'a checkpoint folder that runs in this process, for example local:runs/quickstart/checkpoints/pi_1',
  ignores: 'schema',
  keys: [],
  async open(folder, { cwd }) {
    const { createLocalModel } = await import('../local/local-model.ts')
    return createLocalModel({ checkpoint: resolve(cwd, folder), id: `local:${folder}` })
  },
}
