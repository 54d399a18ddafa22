import { type HostTensor, hostTensor, openSession, type TensorSession } from '../tensor/session.ts'
import { headSize, keyValueHeads, type LlamaConfig } from './config.ts'
import type { BatchCache } from './generate-cache.ts'
import { buildEnterStage, buildLayerStage } from './generate-stages.ts'
import type { Weights } from './safetensors.ts'

/** New tokens of some rows of a {@link BatchCache}. Tokens of a row that are more than its count are padding. */
export interface ForwardRequest {
  /** First row of the cache; the rows follow each other. */
  first: number
  /** Tokens per row in `tokens`. */
  columns: number
  /** [rows * columns] */
  tokens: Int32Array
  /** Per row: how many tokens are real, and the position of the first. */
  counts: Int32Array
  starts: Int32Array
  /** Indices into `tokens` after which the next token's logits are asked for. */
  wanted: readonly number[]
}

/** Runs the decoder over new tokens, reading and extending a cache. */
export interface CachedForward {
  /**
   * Logits [wanted, vocabulary], row after row; empty if nothing is wanted. The cache then holds the new tokens. The array is used again by
   * the next run.
   */
  run(request: ForwardRequest, cache: BatchCache): Promise<Float32Array>
  close(): Promise<void>
}

/**
 * Opens the decoder for cached generation. Every product runs on one thread and on at least two rows, because then each number is summed in
 * an order that depends on its own sequence only: results are the same to the last bit whatever else is in the batch, however the prompt is
 * cut, and whether its beginning was in the cache. (onnxruntime has a kernel of its own for one row, and splits some sums among threads.)
 */
export async function openCachedForward(config: LlamaConfig, weights: Weights): Promise<CachedForward> {
  // A session keeps what it ever needed at once, and each layer is one: for a large model that is more than the weights, and no faster.
  const settings = { threads: 1, arena: bytesOf(weights) < 2 ** 26 }
  const enter = await openSession(buildEnterStage(config, weights), settings)
  const layers: TensorSession[] = []
  for (let layer = 0; layer < config.num_hidden_layers; layer++)
    layers.push(await openSession(buildLayerStage(config, weights, layer), settings))

  const scratch = createScratch()
  const heads = config.num_attention_heads
  const size = headSize(config)
  /** Where the results of a layer go; two sets take turns, since a layer reads what the last one wrote. */
  const results = (turn: number, rows: number, columns: number) => ({
    nextHidden: scratch(`hidden ${turn}`, [rows * columns, config.hidden_size]),
    nextQueries: scratch(`queries ${turn}`, [rows, heads, columns, size]),
    nextKeys: scratch('keys', [rows, keyValueHeads(config), columns, size]),
    nextValues: scratch('values', [rows, keyValueHeads(config), columns, size]),
  })

  return {
    async run({ first, columns, tokens, counts, starts, wanted }, cache) {
      const rows = counts.length
      const grid = [rows, columns]
      const positions = new Int32Array(rows * columns)
      // Padding repeats the last position, which is a valid one; what it computes is not used.
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++)
          positions[row * columns + column] = starts[row]! + Math.max(0, Math.min(column, counts[row]! - 1))
      const where = { tokens: hostTensor('int32', tokens, grid), positions: hostTensor('int32', positions, grid) }
      const { capacity } = cache
      const mask = scratch('mask', [rows, 1, columns, capacity])
      let state = results(0, rows, columns)
      await enter.run({ ...where, columns: hostTensor('int32', range(capacity), [capacity]) }, { ...state, mask })
      for (let layer = 0; layer < layers.length; layer++) {
        const { nextHidden, nextQueries, nextKeys, nextValues } = state
        cache.write(layer, first, floats(nextKeys), floats(nextValues), columns, starts, counts)
        const last = layer === layers.length - 1
        if (last && wanted.length === 0) break
        const { keys, values } = cache.tensors(first, rows)[layer]!
        const feeds = {
          ...where,
          hidden: nextHidden,
          queries: nextQueries,
          mask,
          cachedKeys: keys,
          cachedValues: values,
        }
        if (!last) {
          state = results((layer + 1) % 2, rows, columns)
          await layers[layer]!.run(feeds, state)
          continue
        }
        const padded = Int32Array.from(wanted.length === 1 ? [wanted[0]!, wanted[0]!] : wanted)
        const logits = scratch('logits', [padded.length, config.vocab_size])
        await layers[layer]!.run({ ...feeds, wanted: hostTensor('int32', padded, [padded.length]) }, { logits })
        return floats(logits).subarray(0, wanted.length * config.vocab_size)
      }
      return new Float32Array(0)
    },
    async close() {
      await enter.dispose()
      for (const layer of layers) await layer.dispose()
    },
  }
}

function bytesOf(weights: Weights): number {
  let bytes = 0
  for (const { data } of weights.values()) bytes += data.byteLength
  return bytes
}

const floats = (tensor: HostTensor) => tensor.data as Float32Array

/**
 * Tensors that are written over and over: of each name one buffer, as large as was ever needed, seen under the shapes that are asked for.
 * Fresh memory for every step would cost more than some of the arithmetic.
 */
function createScratch(): (name: string, shape: readonly number[]) => HostTensor {
  const buffers = new Map<string, Float32Array>()
  const tensors = new Map<string, HostTensor>()
  return (name, shape) => {
    const key = `${name} ${shape.join(' ')}`
    const known = tensors.get(key)
    if (known) return known
    const length = shape.reduce((product, one) => product * one, 1)
    let buffer = buffers.get(name)
    if (!buffer || buffer.length < length) {
      buffer = new Float32Array(Math.ceil(length * 1.25))
      buffers.set(name, buffer)
      // Tensors over the old buffer would keep it alive.
      tensors.clear()
    }
    if (tensors.size > 512) tensors.clear()
    const tensor = hostTensor('float32', buffer.subarray(0, length), shape)
    tensors.set(key, tensor)
    return tensor
  }
}

const ranges = new Map<number, Int32Array>()

function range(length: number): Int32Array {
  const known = ranges.get(length)
  if (known) return known
  const made = Int32Array.from({ length }, (_, index) => index)
  ranges.set(length, made)
  return made
}
