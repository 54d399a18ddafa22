import type { Graph } from '../tensor/graph.ts'
import type { Tensor } from '../tensor/types.ts'
import { headSize, type LlamaConfig } from './config.ts'

/** Cosines and sines [max_position_embeddings, head size / 2] of Llama's rotary embedding, constants shared by all layers. */
export function rotaryTables(graph: Graph, config: LlamaConfig): { cosines: Tensor; sines: Tensor } {
  const half = headSize(config) / 2
  const shape = [config.max_position_embeddings, half]
  const table = (name: string, wave: (angle: number) => number) =>
    graph.once(`rotary ${name}`, () => {
      const data = new Float32Array(config.max_position_embeddings * half)
      for (let position = 0; position < config.max_position_embeddings; position++)
        for (let pair = 0; pair < half; pair++)
          data[position * half + pair] = wave(position * config.rope_theta ** (-pair / half))
      return graph.constant('float32', shape, data)
    })
  return { cosines: table('cosines', Math.cos), sines: table('sines', Math.sin) }
}
