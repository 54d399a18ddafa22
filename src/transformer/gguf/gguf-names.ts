import type { Projection } from '../parameters.ts'

/** GGUF's names of the projections of a layer, and Hugging Face's. */
export const ggufProjections: Readonly<Record<string, Projection>> = {
  attn_q: 'q_proj',
  attn_k: 'k_proj',
  attn_v: 'v_proj',
  attn_output: 'o_proj',
  ffn_gate: 'gate_proj',
  ffn_up: 'up_proj',
  ffn_down: 'down_proj',
}
