import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Domain } from '../contracts/domain.ts'
import { LeapError } from '../contracts/error.ts'
import type { Task } from '../contracts/task.ts'
import { demonstrationExamples } from '../datasets/demonstration-examples.ts'
import { compactRenderer } from '../datasets/step-example.ts'
import { rolloutAll } from '../execution/rollout.ts'
import { createStudent } from '../training/local/create-student.ts'
import type { Config } from './config.ts'
import { createDemonstrator, labelReasons } from './demonstrate.ts'

/** Checkpoints that come with the package, by name. */
export const shippedCheckpoints = ['household-base'] as const

/**
 * The folder of the untrained student: one that exists (shipped or the user's), or a fresh one written to `folder`, whose vocabulary is learnt from the
 * demonstrations. Throws a LeapError `CHECKPOINT_MISSING` if the configured one is not there.
 */
export async function prepareBase(
  folder: string,
  {
    config,
    domain,
    demonstrations,
    cwd,
  }: { config: Config; domain: Domain; demonstrations: readonly Task[]; cwd: string },
): Promise<string> {
  const { student, seed } = config
  if (student.checkpoint !== undefined) return existing(student.checkpoint, cwd)
  const played = await rolloutAll({
    environment: domain.environment,
    tasks: demonstrations,
    policy: createDemonstrator(domain, config.demonstrations.by),
    maxSteps: config.maxSteps,
    seed,
    phase: 'vocabulary',
  })
  const rows = demonstrationExamples(
    played.map((demonstration) => labelReasons(domain, demonstration)),
    compactRenderer,
  )
  await createStudent({
    to: folder,
    texts: rows.map(({ prompt, completion }) => `${prompt[0]!.content}${completion}`),
    size: {
      hidden_size: student.hiddenSize,
      intermediate_size: student.feedForwardSize,
      num_hidden_layers: student.layers,
      num_attention_heads: student.heads,
      num_key_value_heads: student.heads,
      max_position_embeddings: 4096,
    },
    vocabulary: { size: student.vocabulary },
    seed,
  })
  return folder
}

function existing(checkpoint: string, cwd: string): string {
  const isShipped = shippedCheckpoints.some((name) => name === checkpoint)
  const folder = isShipped
    ? fileURLToPath(new URL(`../../weights/${checkpoint}`, import.meta.url))
    : resolve(cwd, checkpoint)
  if (existsSync(join(folder, 'config.json'))) return folder
  throw new LeapError({
    code: 'CHECKPOINT_MISSING',
    message: `student.checkpoint: expected a folder with config.json and model.safetensors at ${folder}, found none`,
    remedy: `Give a folder in Hugging Face layout, or one that comes with Leap (${shippedCheckpoints.join(', ')}), or leave the field out to start from random weights.`,
  })
}
