import type { ConfigInput } from '../config.ts'

/**
 * LEAP with a real pretrained model on the processor: SmolLM2-135M-Instruct with LoRA on a small household. Give the weights, as safetensors or GGUF:
 * `leap run household-smollm2 --set student.checkpoint=hf:<folder or file>`. What it reached, and in what time, is in docs/training.md.
 */
export const householdSmollm2: ConfigInput = {
  name: 'household-smollm2',
  environment: { generated: { train: 600, valid_seen: 120, valid_unseen: 120 } },
  maxSteps: 16,
  demonstrations: { games: 120, by: 'explorer' },
  student: { checkpoint: 'hf:HuggingFaceTB/SmolLM2-135M-Instruct', prompt: 'compact' },
  teacher: { name: 'planner', level: 3 },
  iterations: 1,
  rollouts: { games: 16, temperature: 0.5, concurrency: 16, mix: [0.3] },
  corrections: { on: 'all', perTrajectory: 10 },
  training: {
    lora: { rank: 16, alpha: 32, dropout: 0 },
    cloning: { updates: 40, tokensPerBatch: 1024, learningRate: 1e-3, warmupSteps: 3, weightDecay: 0 },
    iteration: { updates: 24, tokensPerBatch: 1024, learningRate: 5e-4, warmupSteps: 3, weightDecay: 0 },
    // Few games, and their loss is read once: three of them tell whether labels transfer.
    heldOut: 0.03,
  },
  evaluation: { games: 12, selectionGames: 12, temperature: 0.5, concurrency: 12 },
  controls: false,
}
