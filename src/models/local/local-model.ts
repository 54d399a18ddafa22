import { basename } from 'node:path'
import type { ChatModel } from '../../contracts/model.ts'
import type { Checkpoint } from '../../transformer/checkpoint.ts'
import { createGenerator, type GeneratorSettings } from '../../transformer/generate.ts'
import { readMergedModel } from '../../transformer/model-folder.ts'

export interface LocalModelOptions extends GeneratorSettings {
  /** A model folder, a PEFT adapter folder, or a model already read. */
  checkpoint: string | Checkpoint
  /** Name in reports; `local:<folder>` if left out. */
  id?: string
}

/**
 * A model that runs in this process. Calls made at the same time, or while others run, are computed together; a result depends on its request
 * alone, to the last bit (temperature 0 or a seed). Throws as `readModelFolder`.
 */
export async function createLocalModel({ checkpoint, id, ...settings }: LocalModelOptions): Promise<ChatModel> {
  const model = typeof checkpoint === 'string' ? await readMergedModel(checkpoint) : checkpoint
  const generator = await createGenerator(model, settings)
  return {
    id: id ?? `local:${basename(model.folder)}`,
    async generate({ messages, ...request }) {
      return generator.generate({ ...request, prompt: model.encodePrompt(messages) })
    },
    async score({ messages, completion }) {
      return generator.score(model.encodePrompt(messages), model.text.encode(completion))
    },
    forget: (session) => generator.forget(session),
    close: () => generator.close(),
  }
}
