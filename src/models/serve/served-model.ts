import type { ChatModel, Message } from '../../contracts/model.ts'
import type { Checkpoint } from '../../transformer/checkpoint.ts'
import { readMergedModel } from '../../transformer/model-folder.ts'
import { createLocalModel } from '../local/local-model.ts'

/** A model with what a server tells about it. */
export interface ServedModel {
  /** As clients ask for it. */
  name: string
  model: ChatModel
  /** Tokens that prompt and completion may have together. */
  contextLength: number
  /** Tokens of a prompt. */
  countPrompt(messages: readonly Message[]): number
  /** The tokens of a completion, as text. */
  split(completion: string): string[]
}

/** Opens a checkpoint (the folder of a whole model or of an adapter, or one already read) to be served. Throws as `readModelFolder`. */
export async function openServedModel(
  source: string | Checkpoint,
  { name, threads }: { name: string; threads?: number },
): Promise<ServedModel> {
  const checkpoint = typeof source === 'string' ? await readMergedModel(source) : source
  const { text, config } = checkpoint
  return {
    name,
    model: await createLocalModel({ checkpoint, id: `local:${name}`, ...(threads === undefined ? {} : { threads }) }),
    contextLength: config.max_position_embeddings,
    countPrompt: (messages) => checkpoint.encodePrompt(messages).length,
    split: (completion) => text.encode(completion).map((id) => text.decode([id])),
  }
}
