import { LeapError } from '../../contracts/error.ts'
import type { SftExample } from '../../contracts/example.ts'
import type { Checkpoint } from '../../transformer/checkpoint.ts'
import type { TokenExample } from '../../transformer/token-example.ts'

/** An example held compactly: a data set may have millions of tokens. */
export interface TokenisedRow extends TokenExample {
  prompt: Int32Array
  completion: Int32Array
}

/** A prompt and what is said after it. */
export type TextRow = Pick<SftExample, 'prompt' | 'completion' | 'trajectoryId' | 'step'>

/**
 * Rows as tokens: the prompt as the model will see it when it acts, the completion with the end token behind it. Throws EXAMPLE_EMPTY naming the
 * row if nothing of it would be trained, EXAMPLE_TOO_LONG if the model cannot read it: a row that silently taught nothing would be worse.
 */
export function tokeniseExamples(model: Checkpoint, examples: readonly TextRow[]): TokenisedRow[] {
  const longest = model.config.max_position_embeddings
  return examples.map(({ prompt, completion, trajectoryId, step }) => {
    const name = `${trajectoryId} step ${step}`
    const written = model.text.encode(completion)
    if (written.length === 0)
      throw new LeapError({
        code: 'EXAMPLE_EMPTY',
        message: `${name}: the completion ${JSON.stringify(completion)} has no tokens, so the row has nothing to train on`,
        remedy: 'Drop the row, or see why its completion is empty.',
      })
    const read = model.encodePrompt(prompt)
    if (read.length + written.length > longest)
      throw new LeapError({
        code: 'EXAMPLE_TOO_LONG',
        message: `${name}: ${read.length} prompt and ${written.length} completion tokens, the model reads at most ${longest}`,
        remedy: 'Shorten the history in the prompt, or use a model with larger max_position_embeddings.',
      })
    return {
      prompt: Int32Array.from(read),
      completion: Int32Array.from([...written, ...model.endTokens.slice(0, 1)]),
      group: trajectoryId,
    }
  })
}
