/** One training example as tokens: loss is taken on the completion's tokens (and, if asked for, on the prompt's). Both must have at least one token. */
export interface TokenExample {
  prompt: ArrayLike<number>
  completion: ArrayLike<number>
  /** Factor of this example's tokens in the loss, 1 if left out. */
  weight?: number
  /** Factor of the prompt's tokens in the loss, 0 if left out: language modelling of what is read, for pretraining. Shared tokens count once. */
  promptWeight?: number
  /**
   * Number of this completion, where each needs a log-probability of its own (preference learning): its targets are then kept apart from those of
   * other examples at the same place, and the batch says which targets are whose.
   */
  segment?: number
  /** Examples in a row with the same unit go into the same tree (a pair, of which a loss is a function of both). */
  unit?: number
  /** Examples of one group (a trajectory) share prompt prefixes and are packed into common trees. */
  group: string
}
