import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { BaseTraining } from '../train-base.ts'

/** Makes a base student twice, in folders below `root`: its loss falls, and the second one is the first to the last bit. Returns the folder of the first. */
export async function trainTwice(
  root: string,
  pretrain: (watch: Pick<BaseTraining, 'folder' | 'onStep'>) => Promise<void>,
): Promise<string> {
  const make = async (name: string) => {
    const folder = join(root, name)
    const losses: number[] = []
    await pretrain({ folder, onStep: ({ loss }) => void losses.push(loss) })
    return { folder, losses, weights: await readFile(join(folder, 'model.safetensors')) }
  }
  const first = await make('first')
  expect(first.losses).toHaveLength(12)
  expect(first.losses.at(-1)!).toBeLessThan(first.losses[0]!)
  expect((await make('second')).weights.equals(first.weights)).toBe(true)
  return first.folder
}
