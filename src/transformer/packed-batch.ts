/**
 * Token trees laid out in rows, the input of training and of held-out loss.
 *
 * A row holds one or more prefix trees of tokens in PRE-ORDER: a token, then everything that continues it, branch after
 * branch. A plain sequence is the tree without branches. Token j is visible to token i of the same row iff
 * `j <= i && i < ends[j]`, where `ends[j]` is the column just after the last token that continues j. So the whole tree
 * attention is described by one integer per token:
 *
 *     trunk of n tokens with a branch b after token t:   columns  0..t  b...  t+1..   ends: n+|b| for trunk tokens, end of b for b's
 *     plain causal row of n tokens:                      ends = n everywhere
 *     padding at column c:                               ends = c + 1 (sees itself only), position 0, token 0
 *
 * Loss is taken at `lossRows`: indices row * columns + column of the token BEFORE the target. One token may occur there
 * several times with different targets (a token with several continuations). Only these rows pass through the head.
 */
export interface PackedBatch {
  rows: number
  columns: number
  /** [rows * columns], row after row. */
  tokens: Int32Array
  /** [rows * columns], depth of each token in its tree (continues from the prefix). */
  positions: Int32Array
  /** [rows * columns], see above. */
  ends: Int32Array
  /** [losses] indices into the flat tokens. */
  lossRows: Int32Array
  /** [losses] the token that should come next. */
  targets: Int32Array
  /** [losses] weight of each target in the loss; usually 1. */
  weights: Float32Array
  /** [losses] number of the completion that each target belongs to, where examples have one; targets of a completion come in its order. */
  segments?: Int32Array
}
