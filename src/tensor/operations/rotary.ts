import type { Tensor } from '../types.ts'
import { negate } from './arithmetic.ts'
import { cast } from './indexing.ts'

/**
 * Rotary position embedding (Su et al. 2021) of x [batch, heads, tokens, size]: the pairs (i, i + size/2), as Llama
 * checkpoints have them, are turned by the angle whose cosine and sine the tables [positions, size/2] hold in the row
 * that `positions` [batch, tokens] names.
 */
export function rotary(x: Tensor, positions: Tensor, cosines: Tensor, sines: Tensor): Tensor {
  return x.graph.node({
    operator: 'RotaryEmbedding',
    inputs: [x, cosines, sines, cast(positions, 'int64')],
    outputs: [{ type: x.type, shape: x.shape }],
    gradient: ([gradient]) => [rotary(gradient!, positions, cosines, negate(sines))],
  })[0]!
}
