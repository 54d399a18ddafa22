import { tokeniseExamples } from '../tokenise.ts'
import type { RuleFactory } from './rule.ts'

/** Next-token loss on completions: the mean over all tokens of a batch. */
export const sft: RuleFactory<'sft'> = async (examples, { model }) => {
  return { examples: tokeniseExamples(model.base, examples), decisive: [] }
}
