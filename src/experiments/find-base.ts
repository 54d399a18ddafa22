import { readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LeapError } from '../contracts/error.ts'

/** Checkpoints that come with the package, by name. */
export const shippedCheckpoints = ['household-base', 'shop-base', 'shell-base'] as const

/** Where Hugging Face's tools keep what they have downloaded. */
const defaultCache = join(homedir(), '.cache', 'huggingface', 'hub')

/**
 * Where an existing checkpoint to start from lies: one that comes with Leap, by name; a folder in Hugging Face layout; a GGUF file, or a folder with one; or, with
 * the prefix `hf:`, also a name on the Hugging Face hub that their tools have downloaded before. Returns the folder, or the path of the GGUF file.
 * Throws a LeapError `CHECKPOINT_MISSING` that says what is not there.
 */
export function findBase(checkpoint: string, cwd: string, { cache = defaultCache }: { cache?: string } = {}): string {
  const isShipped = shippedCheckpoints.some((name) => name === checkpoint)
  const path = checkpoint.replace(/^hf:/, '')
  const candidates = isShipped
    ? [fileURLToPath(new URL(`../../weights/${checkpoint}`, import.meta.url))]
    : [resolve(cwd, path), ...(path === checkpoint ? [] : downloaded(path, cache))]
  for (const candidate of candidates) {
    if (isGguf(candidate)) return candidate
    const names = filesIn(candidate)
    if (missingIn(names).length === 0) return candidate
    const files = names.filter((name) => name.endsWith('.gguf'))
    if (files.length === 1) return join(candidate, files[0]!)
  }
  const folder = candidates[0]!
  const names = filesIn(folder)
  const isOnHub = path !== checkpoint && /^[\w.-]+\/[\w.-]+$/.test(path)
  throw new LeapError({
    code: 'CHECKPOINT_MISSING',
    message: `student.checkpoint: expected a folder with config.json, tokenizer.json and model.safetensors (or one GGUF file) at ${folder}, found ${names.length === 0 ? 'none' : `one without ${missingIn(names).join(' and ')}`}`,
    remedy: isOnHub
      ? `If it is a name on the Hugging Face hub, download it first: hf download ${path}`
      : `Give a folder in Hugging Face layout, a .gguf file, or one that comes with Leap (${shippedCheckpoints.join(', ')}), or leave the field out to start from random weights.`,
  })
}

/** True for the path of a GGUF file that there is: what has to be converted before it can be trained. */
export function isGguf(path: string): boolean {
  return path.endsWith('.gguf') && filesIn(resolve(path, '..')).some((name) => path.endsWith(name))
}

const parts = [
  { name: 'config.json', pattern: /^config\.json$/ },
  { name: 'tokenizer.json', pattern: /^tokenizer\.json$/ },
  { name: 'model.safetensors', pattern: /^model.*\.safetensors$/ },
]

function missingIn(names: readonly string[]): string[] {
  return parts.filter(({ pattern }) => !names.some((name) => pattern.test(name))).map(({ name }) => name)
}

/** Snapshots of a hub name in the cache, that of the main branch first. */
function downloaded(name: string, cache: string): string[] {
  const folder = join(cache, `models--${name.replaceAll('/', '--')}`)
  const snapshots = filesIn(join(folder, 'snapshots'))
  let main = ''
  try {
    main = readFileSync(join(folder, 'refs', 'main'), 'utf8').trim()
  } catch {
    // Without a reference any snapshot is as good as another.
  }
  return [...snapshots.filter((one) => one === main), ...snapshots.filter((one) => one !== main)].map((snapshot) =>
    join(folder, 'snapshots', snapshot),
  )
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
