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
  /** The rule's metrics of every update so far. */
  metrics: Readonly<Record<string, number[]>>
  seconds: number
}

const pattern = /^(state|reference)-[0-9a-f]{16}\.safetensors$/

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
  const metrics = Object.entries(state.metrics)
  await writeFileAtomic(
    join(folder, `state-${id}.safetensors`),
    encodeSafetensors(
      new Map([
        ['values', vector(state.values)],
        ['firstMoment', vector(state.firstMoment)],
        ['secondMoment', vector(state.secondMoment)],
        // Kept exactly: float64 numbers stored as pairs of 32 bits.
        ['numbers', vector(new Float32Array(numbers.buffer))],
        ...metrics.map(([name, series]) => {
          return [`metric ${name}`, vector(new Float32Array(Float64Array.from(series).buffer))] as const
        }),
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
  const exact = (data: Float32Array) => [
    ...new Float64Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength)),
  ]
  const [step, seconds, ...losses] = exact(part('numbers'))
  const metrics = [...weights].flatMap(([name, { data }]) =>
    name.startsWith('metric ') ? [[name.slice('metric '.length), exact(data)] as const] : [],
  )
  return {
    step: step!,
    seconds: seconds!,
    losses,
    metrics: Object.fromEntries(metrics),
    values: part('values'),
    firstMoment: part('firstMoment'),
    secondMoment: part('secondMoment'),
  }
}

/** Keeps what the reference said, so that an interrupted training does not ask it again. */
export async function saveReference(folder: string, id: string, numbers: Float64Array): Promise<void> {
  const data = new Float32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length)
  const weights = new Map([['numbers', { shape: [data.length], data }]])
  await writeFileAtomic(join(folder, `reference-${id}.safetensors`), encodeSafetensors(weights))
}

/** What {@link saveReference} kept for this very training, if anything. */
export async function loadReference(folder: string, id: string): Promise<Float64Array<ArrayBuffer> | undefined> {
  const name = `reference-${id}.safetensors`
  const files: string[] = await readdir(folder).catch(() => [])
  if (!files.includes(name)) return undefined
  const { data } = (await readSafetensors(join(folder, name))).get('numbers')!
  return new Float64Array(data.slice().buffer as ArrayBuffer)
}

/** Removes the states in `folder`, once the checkpoint is written. */
export async function clearStates(folder: string): Promise<void> {
  for (const file of await readdir(folder).catch(() => [])) if (pattern.test(file)) await rm(join(folder, file))
}
