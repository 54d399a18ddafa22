import type { ConfigInput } from '../config.ts'

/**
 * LEAP with a real pretrained model on the processor: SmolLM2-135M-Instruct with LoRA, on household games of one kind in rooms of moderate size. Give the weights, as safetensors or
 * GGUF: `leap run household-smollm2 --set student.checkpoint=hf:<folder or file>`. What it reached, and in what time, is in docs/training.md.
 */
export const householdSmollm2: ConfigInput = {
  name: 'household-smollm2',
  environment: {
    generated: {
      train: 600,
      valid_seen: 120,
      valid_unseen: 120,
      tasks: ['pick_and_place_simple'],
      largestRoom: 14,
    },
  },
  maxSteps: 10,
  demonstrations: { games: 160, by: 'explorer' },
  // Without the list of candidates a game takes 540 tokens instead of some 2,400, and 40 of 100 teach instead of 10.
  student: { checkpoint: 'hf:HuggingFaceTB/SmolLM2-135M-Instruct', prompt: 'brief' },
  teacher: { name: 'planner', level: 3 },
  iterations: 1,
  rollouts: { games: 64, temperature: 0.5, concurrency: 32 },
  corrections: { on: 'all' },
  training: {
    lora: { rank: 16, alpha: 32, dropout: 0 },
    cloning: { updates: 100, tokensPerBatch: 2048, learningRate: 1e-3, warmupSteps: 5, weightDecay: 0 },
    iteration: { updates: 60, tokensPerBatch: 2048, learningRate: 6e-4, warmupSteps: 5, weightDecay: 0 },
    heldOut: 0.03,
  },
  evaluation: { games: 32, selectionGames: 24, temperature: 0.5, concurrency: 32 },
  controls: false,
}
