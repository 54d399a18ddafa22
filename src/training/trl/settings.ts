import { z } from 'zod'

const count = z.number().int().positive()

/** How the model is spread over devices and machines; by accelerate, for which Leap writes the file. */
export const distributedSchema = z.strictObject({
  /** Processes on all machines together, one for each GPU. */
  processes: count.default(1),
  /** `ddp` copies the model to each GPU; `fsdp` and `deepspeed` (ZeRO) divide it among them. */
  strategy: z.enum(['ddp', 'fsdp', 'deepspeed']).default('ddp'),
  /** deepspeed: 1 divides the optimiser's state, 2 the gradients too, 3 the weights too. */
  zeroStage: z.literal([1, 2, 3]).default(3),
  /** Keep weights and optimiser state in the memory of the CPU: slower, needs less of the GPU's. */
  offload: z.boolean().default(false),
  machines: count.default(1),
  /** Which of the machines this one is, from 0. The run belongs to machine 0. */
  machineRank: z.number().int().nonnegative().default(0),
  /** Address of machine 0 as the others reach it. */
  mainAddress: z.string().default('127.0.0.1'),
  mainPort: z.number().int().min(1).max(65535).default(29500),
})

/** Settings of the trainer `trl` beside those that all trainers share (`training.cloning`, `training.iteration`, `training.lora`). */
export const trlSchema = z.strictObject({
  /** Python of an environment of your own. Absent: one is made with uv on first use. */
  python: z.string().optional(),
  /** Passes over the rows instead of a number of updates (the paper: 1; 5 for InterCode). */
  epochs: z.number().positive().optional(),
  /** Rows that a device computes at once. */
  rowsPerDevice: count.default(2),
  /** Such batches that one update is made of. Rows of an update: rowsPerDevice x accumulation x processes. */
  accumulation: count.default(8),
  /** Longest row, in tokens of prompt and answer. */
  maxLength: count.default(4096),
  /** Leave longer rows out instead of refusing them. */
  dropLong: z.boolean().default(false),
  /** Number format of frozen weights while training an adapter (QLoRA). */
  quantisation: z.enum(['none', '4bit', '8bit']).default('none'),
  /** `auto`: bf16 where the GPU computes in it, fp16 on older ones, fp32 on a CPU. */
  precision: z.enum(['auto', 'bf16', 'fp16', 'fp32']).default('auto'),
  attention: z.enum(['auto', 'sdpa', 'flash_attention_2', 'eager']).default('auto'),
  /** Compute activations again in the backward pass instead of keeping them. */
  gradientCheckpointing: z.boolean().default(true),
  /** Any optimiser that transformers knows by name. */
  optimiser: z.string().default('adamw_torch'),
  schedule: z.enum(['cosine', 'linear', 'constant', 'constant_with_warmup']).default('cosine'),
  maxGradientNorm: z.number().positive().default(1),
  /** Divide the adapter's effect by the root of its rank (rsLoRA). */
  rankStabilised: z.boolean().default(false),
  /** Train on the CPU even where there is a GPU. */
  useCpu: z.boolean().default(false),
  /** Updates between two states saved for resuming. */
  saveEvery: count.default(50),
  distributed: distributedSchema.prefault({}),
})

export type TrlSettings = z.output<typeof trlSchema>
export type TrlSettingsInput = z.input<typeof trlSchema>
export type DistributedSettings = z.output<typeof distributedSchema>
