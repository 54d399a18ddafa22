import { createHash } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFileAtomic } from '../../support/atomic-file.ts'
import { encodeSafetensors, readSafetensors } from '../../transformer/safetensors.ts'

/** Everything that a training which was killed needs to end as if it had not been. */
export interface SavedState {
  step: number
  /** The trained numbers, flat, and AdamW's two moments of them. */
  values: Float32Array
  firstMoment: Float32Array
  secondMoment: Float32Array
  /** Mean loss of every update so far. */
  losses: readonly number[]
  seconds: number
}

const pattern = /^state-[0-9a-f]{16}\.safetensors$/

/** Hash of all that determines a training's result; a state is used only by the training that wrote it. */
export function fingerprint(parts: Iterable<string | Float32Array | Int32Array>): string {
  const hash = createHash('sha256')
  for (const part of parts) {
    hash.update(`${part.length}:`)
    hash.update(typeof part === 'string' ? part : new Uint8Array(part.buffer, part.byteOffset, part.byteLength))
  }
  return hash.digest('hex').slice(0, 16)
}

/** Replaces the state in `folder`; readers find the old or the new one. */
export async function saveState(folder: string, id: string, state: SavedState): Promise<void> {
  const vector = (data: Float32Array) => ({ shape: [data.length], data })
  const numbers = Float64Array.of(state.step, state.seconds, ...state.losses)
  await writeFileAtomic(
    join(folder, `state-${id}.safetensors`),
    encodeSafetensors(
      new Map([
        ['values', vector(state.values)],
        ['firstMoment', vector(state.firstMoment)],
        ['secondMoment', vector(state.secondMoment)],
        // Kept exactly: float64 numbers stored as pairs of 32 bits.
        ['numbers', vector(new Float32Array(numbers.buffer))],
      ]),
    ),
  )
}

/** The state that this very training left behind, if there is one. */
export async function loadState(folder: string, id: string): Promise<SavedState | undefined> {
  const files: string[] = await readdir(folder).catch(() => [])
  if (!files.includes(`state-${id}.safetensors`)) return undefined
  const weights = await readSafetensors(join(folder, `state-${id}.safetensors`))
  const part = (name: string) => weights.get(name)!.data
  const bits = part('numbers')
  const [step, seconds, ...losses] = new Float64Array(
    bits.buffer.slice(bits.byteOffset, bits.byteOffset + bits.byteLength),
  )
  return {
    step: step!,
    seconds: seconds!,
    losses,
    values: part('values'),
    firstMoment: part('firstMoment'),
    secondMoment: part('secondMoment'),
  }
}

/** Removes the states in `folder`, once the checkpoint is written. */
export async function clearStates(folder: string): Promise<void> {
  for (const file of await readdir(folder).catch(() => [])) if (pattern.test(file)) await rm(join(folder, file))
}
