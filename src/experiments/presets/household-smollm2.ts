import type { ConfigInput } from '../config.ts'

/**
 * LEAP with a real pretrained model on the processor: SmolLM2-135M-Instruct with LoRA on a small household. Give the weights, as safetensors or GGUF:
 * `leap run household-smollm2 --set student.checkpoint=hf:<folder or file>`. Hours on two cores; see docs/experiments.md.
 */
export const householdSmollm2: ConfigInput = {
  name: 'household-smollm2',
  environment: { generated: { train: 600, valid_seen: 120, valid_unseen: 120 } },
  maxSteps: 20,
  demonstrations: { games: 120, by: 'explorer' },
  student: { checkpoint: 'hf:HuggingFaceTB/SmolLM2-135M-Instruct', prompt: 'compact' },
  teacher: { name: 'planner', level: 3 },
  iterations: 1,
  rollouts: { games: 40, temperature: 0.5, concurrency: 8, mix: [0.3] },
  corrections: { on: 'all', perTrajectory: 10 },
  training: {
    lora: { rank: 16, alpha: 32, dropout: 0 },
    cloning: { updates: 60, tokensPerBatch: 2048, learningRate: 5e-4, warmupSteps: 5, weightDecay: 0 },
    iteration: { updates: 40, tokensPerBatch: 2048, learningRate: 3e-4, warmupSteps: 5, weightDecay: 0 },
  },
  evaluation: { games: 24, selectionGames: 24, concurrency: 8 },
  controls: false,
}
