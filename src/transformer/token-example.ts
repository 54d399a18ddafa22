/** One training example as tokens: loss is taken on the completion's tokens. Both must have at least one token. */
export interface TokenExample {
  prompt: ArrayLike<number>
  completion: ArrayLike<number>
  /** Factor of this example's tokens in the loss, 1 if left out. */
  weight?: number
  /** Examples of one group (a trajectory) share prompt prefixes and are packed into common trees. */
  group: string
}
