import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TrainResult } from '../contracts/trainer.ts'

/** File in a checkpoint folder that tells which training made it, and with what result. */
export const trainedFile = 'training.json'

/**
 * The result of a training that has been done already: a run that is killed between the checkpoint's last byte and its own journal would
 * otherwise pay for hours of training again.
 */
export async function readTrained(folder: string, id: string): Promise<TrainResult | undefined> {
  try {
    const found = JSON.parse(await readFile(join(folder, trainedFile), 'utf8')) as { id: string; result: TrainResult }
    return found.id === id ? found.result : undefined
  } catch {
    return undefined
  }
}
