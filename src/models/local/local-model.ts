import { availableParallelism, totalmem } from 'node:os'
import { basename } from 'node:path'
import type { ChatModel } from '../../contracts/model.ts'
import type { Checkpoint } from '../../transformer/checkpoint.ts'
import { createGenerator, type Generator, type GeneratorSettings } from '../../transformer/generate.ts'
import { createGeneratorPool } from '../../transformer/generate-pool.ts'
import { readMergedModel } from '../../transformer/model-folder.ts'

export interface LocalModelOptions extends GeneratorSettings {
  /** A model folder, a PEFT adapter folder, or a model already read. */
  checkpoint: string | Checkpoint
  /** Name in reports; `local:<folder>` if left out. */
  id?: string
  /**
   * Threads that generate, each with a copy of the weights; 0 = the calling one. If left out one per core, as far as the copies fit into a gigabyte or an
   * eighth of the machine's memory. Does not change results.
   */
  threads?: number
}

/**
 * A model that runs in this process. Calls made at the same time, or while others run, are computed together; a result depends on its request
 * alone, to the last bit. Throws as `readModelFolder`.
 */
export async function createLocalModel({
  checkpoint,
  id,
  threads,
  ...settings
}: LocalModelOptions): Promise<ChatModel> {
  // Without the weights, which the generator has: they are let go once it is open.
  const { generator, folder, text, encodePrompt } = await open(checkpoint, threads, settings)
  return {
    id: id ?? `local:${basename(folder)}`,
    async generate({ messages, schema, ...request }) {
      const result = await generator.generate({ ...request, prompt: encodePrompt(messages) })
      return schema ? { ...result, structured: false } : result
    },
    async score({ messages, completion }) {
      return generator.score(encodePrompt(messages), text.encode(completion))
    },
    forget: (session) => generator.forget(session),
    close: () => generator.close(),
  }
}

async function open(
  checkpoint: string | Checkpoint,
  threads: number | undefined,
  settings: GeneratorSettings,
): Promise<Pick<Checkpoint, 'folder' | 'text' | 'encodePrompt'> & { generator: Generator }> {
  const model = typeof checkpoint === 'string' ? await readMergedModel(checkpoint) : checkpoint
  const { folder, text, encodePrompt } = model
  const count = threads ?? suitableThreads(model)
  const generator =
    count === 0
      ? await createGenerator(model, settings)
      : await createGeneratorPool(model, { ...settings, threads: count })
  return { generator, folder, text, encodePrompt }
}

/** Bytes of weights that the threads may hold together: a gigabyte, or an eighth of the machine's memory where that is more. */
const weightBytes = Math.max(2 ** 30, totalmem() / 8)

function suitableThreads({ weights }: Checkpoint): number {
  let bytes = 0
  for (const { data } of weights.values()) bytes += data.byteLength
  return Math.max(1, Math.min(availableParallelism(), Math.floor(weightBytes / bytes)))
}
