import type { ConfigInput } from '../config.ts'

/** What all experiments of the paper share: Llama-3-8B with LoRA, trained by TRL on one or more GPUs, gpt-4o as the privileged teacher. */
export const paperStudent = {
  student: { checkpoint: 'hub:meta-llama/Meta-Llama-3-8B-Instruct', prompt: 'chat' },
  teacher: { name: 'llm', model: 'openai:gpt-4o', level: 3, state: 'log' },
  serving: { server: 'vllm', start: { parameters: ['--enable-lora'] }, maxRank: 128 },
  controls: false,
} satisfies Partial<ConfigInput>

/** Decoding as in the paper's D.1.2; the student chooses any action, also one that is not possible. */
export const paperSampling = { temperature: 0.3, constrained: false }

/** LoRA of Tables 8 and 9. */
const lora: NonNullable<ConfigInput['training']['lora']> = { rank: 128, alpha: 64, dropout: 0.05 }

/** `updates` is what the schema asks for; with `trl.epochs` the number of passes decides. */
const optimiser = { updates: 1, learningRate: 3e-5, warmupSteps: 10, weightDecay: 0 }

/**
 * Table 8: AdamW, cosine schedule, learning rate 3e-5. `batch` rows an update on one device: with more devices, lower `accumulation` accordingly. Gradient norm
 * 0.3 and 10 steps of warm-up are those of LEAP's released code.
 */
export function paperTraining({
  batch,
  maxLength,
  epochs,
}: {
  batch: number
  maxLength: number
  epochs: number
}): ConfigInput['training'] {
  return {
    trainer: 'trl',
    lora,
    cloning: optimiser,
    iteration: optimiser,
    heldOut: 0.15,
    trl: {
      epochs,
      rowsPerDevice: 2,
      accumulation: batch / 2,
      maxLength,
      maxGradientNorm: 0.3,
      optimiser: 'adamw_torch',
    },
  }
}
