import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LeapError } from '../contracts/error.ts'

/** Checkpoints that come with the package, by name. */
export const shippedCheckpoints = ['household-base'] as const

/**
 * The folder of an existing checkpoint to start from: one that comes with Leap, by name, or a path.
 * Throws a LeapError `CHECKPOINT_MISSING` that says what is not there.
 */
export function findBase(checkpoint: string, cwd: string): string {
  const isShipped = shippedCheckpoints.some((name) => name === checkpoint)
  const folder = isShipped
    ? fileURLToPath(new URL(`../../weights/${checkpoint}`, import.meta.url))
    : resolve(cwd, checkpoint)
  const names = filesIn(folder)
  const missing = parts.filter(({ pattern }) => !names.some((name) => pattern.test(name))).map(({ name }) => name)
  if (missing.length === 0) return folder
  throw new LeapError({
    code: 'CHECKPOINT_MISSING',
    message: `student.checkpoint: expected a folder with config.json, tokenizer.json and model.safetensors at ${folder}, found ${names.length === 0 ? 'none' : `one without ${missing.join(' and ')}`}`,
    remedy: `Give a folder in Hugging Face layout, or one that comes with Leap (${shippedCheckpoints.join(', ')}), or leave the field out to start from random weights.`,
  })
}

const parts = [
  { name: 'config.json', pattern: /^config\.json$/ },
  { name: 'tokenizer.json', pattern: /^tokenizer\.json$/ },
  { name: 'model.safetensors', pattern: /^model.*\.safetensors$/ },
]

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
