import { hostTensor, openSession, type TensorSession } from '../tensor/session.ts'
import type { LlamaConfig } from './config.ts'
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
  /** Logits [wanted, vocabulary], row after row; empty if nothing is wanted. The cache then holds the new tokens. */
  run(request: ForwardRequest, cache: BatchCache): Promise<Float32Array>
  close(): Promise<void>
}

/**
 * Opens the decoder for cached generation. Every product runs on one thread and on at least two rows, because then each number is summed in
 * an order that depends on its own sequence only: results are the same to the last bit whatever else is in the batch, however the prompt is
 * cut, and whether its beginning was in the cache. (onnxruntime has a kernel of its own for one row, and splits some sums among threads.)
 */
export async function openCachedForward(config: LlamaConfig, weights: Weights): Promise<CachedForward> {
  const settings = { threads: 1 }
  const enter = await openSession(buildEnterStage(config, weights), settings)
  const layers: TensorSession[] = []
  for (let layer = 0; layer < config.num_hidden_layers; layer++)
    layers.push(await openSession(buildLayerStage(config, weights, layer), settings))

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
      const capacity = cache.capacity
      let state = await enter.run({ ...where, columns: hostTensor('int32', range(capacity), [capacity]) })
      const mask = state.mask!
      for (let layer = 0; layer < layers.length; layer++) {
        const { nextHidden: hidden, nextQueries: queries, nextKeys: keys, nextValues: values } = state
        cache.write(layer, first, keys!.data as Float32Array, values!.data as Float32Array, columns, starts, counts)
        const last = layer === layers.length - 1
        if (last && wanted.length === 0) return new Float32Array(0)
        const cached = cache.tensors(first, rows)[layer]!
        const feeds = {
          ...where,
          hidden: hidden!,
          queries: queries!,
          mask,
          cachedKeys: cached.keys,
          cachedValues: cached.values,
        }
        if (!last) {
          state = await layers[layer]!.run(feeds)
          continue
        }
        const padded = wanted.length === 1 ? [wanted[0]!, wanted[0]!] : wanted
        const { logits } = await layers[layer]!.run({
          ...feeds,
          wanted: hostTensor('int32', Int32Array.from(padded), [padded.length]),
        })
        return (logits!.data as Float32Array).subarray(0, wanted.length * config.vocab_size)
      }
      throw new RangeError('a model without layers')
    },
    async close() {
      await enter.dispose()
      for (const layer of layers) await layer.dispose()
    },
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
