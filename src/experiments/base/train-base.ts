import { type CheckpointFiles, openCheckpoint, writeCheckpoint } from '../../transformer/checkpoint.ts'
import { type LlamaConfigInput, parseLlamaConfig } from '../../transformer/config.ts'
import { initialiseLlama } from '../../transformer/initialise.ts'
import type { PackedBatch } from '../../transformer/packed-batch.ts'
import type { Weight } from '../../transformer/safetensors.ts'
import { studentTokenizerConfig } from '../../transformer/student-files.ts'
import type { TokenizerFile } from '../../transformer/tokenizer-file.ts'
import { defaultOptimiser, type StepReport, trainSteps } from '../../transformer/train-loop.ts'

/** How a base student is made, whatever it reads. */
export interface BaseSettings {
  seed: number
  architecture: Omit<LlamaConfigInput, 'vocab_size'>
  vocabulary: number
  steps: number
  /** Token slots per update. */
  tokensPerBatch: number
  /** Peak rate of AdamW (embeddings, norms). */
  learningRate: number
  /** Peak rate of Muon (matrices of the layers). */
  muonLearningRate: number
}

/** Of the bases that are shipped: 0.8 million weights with a vocabulary of 1,100. Two heads of 64 learn to match names where four of 32 did not. */
export const baseArchitecture = {
  hidden_size: 128,
  intermediate_size: 256,
  num_hidden_layers: 4,
  num_attention_heads: 2,
  num_key_value_heads: 2,
  max_position_embeddings: 4096,
  rope_theta: 1e6,
} as const satisfies BaseSettings['architecture']

export interface BaseTraining extends BaseSettings {
  folder: string
  tokenizer: TokenizerFile
  /** Weights to go on from. Absent: fresh ones, half of whose heads begin as matching heads. */
  start?: ReadonlyMap<string, Weight>
  /** The texts of an update, which depend on its number alone. */
  batchAt: (step: number, encode: (text: string) => readonly number[]) => PackedBatch[]
  threads?: number
  onStep?: (report: StepReport) => void
  /** Called with the folder every `saveEvery` updates, after the checkpoint was written. */
  saveEvery?: number
  onSave?: (folder: string, step: number) => Promise<void>
  signal?: AbortSignal
}

/** Trains a base student on texts that are made while it learns, and writes a checkpoint in Hugging Face layout. */
export async function trainBase(options: BaseTraining): Promise<void> {
  const { seed, folder, architecture, vocabulary, tokenizer, steps, learningRate, muonLearningRate, start } = options
  const config = parseLlamaConfig({ ...architecture, vocab_size: vocabulary, tie_word_embeddings: true })
  const parameters = initialiseLlama(config, seed, { matching: true })
  for (const [name, { data }] of start ?? []) parameters.set(name, data)
  const files = (): CheckpointFiles => ({
    config,
    weights: new Map(
      parameters.slots.map(({ name, shape }): [string, Weight] => [name, { shape, data: parameters.get(name) }]),
    ),
    tokenizer,
    tokenizerConfig: studentTokenizerConfig(config.max_position_embeddings),
    generation: { eos_token_id: 0, pad_token_id: 0 },
  })
  const { text } = openCheckpoint(folder, files())
  const encode = (content: string) => text.encode(content)
  const batches = new Map<number, PackedBatch[]>()
  const make = (step: number) => {
    const ready = batches.get(step) ?? options.batchAt(step, encode)
    batches.clear()
    return ready
  }
  const save = async (step: number) => {
    await writeCheckpoint(folder, files())
    await options.onSave?.(folder, step)
  }
  await trainSteps({
    config,
    parameters,
    steps,
    optimiser: { ...defaultOptimiser, optimiser: 'muon', learningRate, muonLearningRate, warmupSteps: 50 },
    seed,
    ...(options.threads ? { threads: options.threads } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
    batchAt(step) {
      const batch = make(step)
      // The next batch is made while the worker threads train on this one.
      setImmediate(() => batches.set(step + 1, options.batchAt(step + 1, encode)))
      return batch
    },
    async onStep(report) {
      options.onStep?.(report)
      if (options.saveEvery && report.step % options.saveEvery === 0) await save(report.step)
    },
  })
  await save(steps)
}
