import { plainTemplate } from './chat-template.ts'
import type { TokenizerConfig } from './tokenizer-file.ts'
import { endToken } from './tokenizer-training.ts'

/** tokenizer_config.json of a student with a vocabulary of its own: transformers reads tokenizer.json as it is, prompts are concatenated. */
export function studentTokenizerConfig(longest: number): TokenizerConfig {
  return {
    tokenizer_class: 'PreTrainedTokenizerFast',
    eos_token: endToken,
    pad_token: endToken,
    chat_template: plainTemplate,
    clean_up_tokenization_spaces: false,
    model_max_length: longest,
  }
}
