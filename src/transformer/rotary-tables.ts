import type { Graph } from '../tensor/graph.ts'
import type { Tensor } from '../tensor/types.ts'
import { headSize, type LlamaConfig } from './config.ts'

/** Rows of packed batches are padded up to a multiple of this; the tables must be as long, though no position reaches there. */
const step = 64

/** Cosines and sines [positions, head size / 2], positions = max_position_embeddings rounded up, of Llama's rotary embedding, constants shared by all layers. */
export function rotaryTables(graph: Graph, config: LlamaConfig): { cosines: Tensor; sines: Tensor } {
  const half = headSize(config) / 2
  // onnxruntime refuses more columns than the tables have rows, whatever the positions.
  const length = Math.ceil(config.max_position_embeddings / step) * step
  const table = (name: string, wave: (angle: number) => number) =>
    graph.once(`rotary ${name}`, () => {
      const data = new Float32Array(length * half)
      for (let position = 0; position < length; position++)
        for (let pair = 0; pair < half; pair++)
          data[position * half + pair] = wave(position * config.rope_theta ** (-pair / half))
      return graph.constant('float32', [length, half], data)
    })
  return { cosines: table('cosines', Math.cos), sines: table('sines', Math.sin) }
}
