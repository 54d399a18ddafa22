import type { AddedToken, PreTokenizer, TokenizerConfig, TokenizerFile } from '../tokenizer-file.ts'
import { type GgufHeader, type GgufValue, ggufError } from './gguf-file.ts'

const byteLevel = (useRegex: boolean): PreTokenizer => ({
  type: 'ByteLevel',
  add_prefix_space: false,
  trim_offsets: true,
  use_regex: useRegex,
})
const isolated = (regex: string): PreTokenizer => ({
  type: 'Split',
  pattern: { Regex: regex },
  behavior: 'Isolated',
  invert: false,
})
const sequence = (...pretokenizers: PreTokenizer[]): PreTokenizer => ({ type: 'Sequence', pretokenizers })

/** The pattern by which Qwen2 and Llama 3 cut text; they differ in how many digits stand together. */
const words = (digits: string) =>
  `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${digits}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`

/** How text is cut before the merges, by GGUF's name for it (`tokenizer.ggml.pre`). */
const preTokenizers: Readonly<Record<string, PreTokenizer>> = {
  default: byteLevel(true),
  'gpt-2': byteLevel(true),
  smollm: sequence(isolated('\\p{N}'), byteLevel(true)),
  qwen2: sequence(isolated(words('\\p{N}')), byteLevel(false)),
  'llama-bpe': sequence(isolated(words('\\p{N}{1,3}')), byteLevel(false)),
}

/** Kinds of tokens that are no ordinary text. */
const control = 3
const userDefined = 4

/** tokenizer.json and tokenizer_config.json of a GGUF file. Throws GGUF_UNREADABLE for tokenizers other than byte-level BPE. */
export function ggufTokenizer(
  { metadata }: GgufHeader,
  path: string,
): { tokenizer: TokenizerFile; tokenizerConfig: TokenizerConfig } {
  const get = (key: string) => metadata.get(`tokenizer.ggml.${key}`)
  const [model, pre = 'default'] = [get('model'), get('pre')]
  const preTokenizer = preTokenizers[String(pre)]
  if (model !== 'gpt2' || !preTokenizer)
    throw ggufError(
      path,
      `has a tokenizer of the kind ${model}, cut like ${pre}; expected gpt2, cut like ${Object.keys(preTokenizers).join(', ')} (or a tokenizer.json beside the file)`,
    )
  const tokens = list(get('tokens')) as string[]
  const kinds = list(get('token_type')) as number[]
  const merges = list(get('merges')) as string[]
  const added = tokens.flatMap((content, id): AddedToken[] => {
    const kind = kinds[id]
    if (kind !== control && kind !== userDefined) return []
    const special = kind === control
    return [{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special }]
  })
  const named = (name: string) => {
    const id = get(`${name}_token_id`)
    return typeof id === 'number' ? { [`${name}_token`]: tokens[id]! } : {}
  }
  const template = metadata.get('tokenizer.chat_template')
  return {
    tokenizer: {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: added,
      normalizer: pre === 'qwen2' ? { type: 'NFC' } : null,
      pre_tokenizer: preTokenizer,
      post_processor: null,
      decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
      model: {
        type: 'BPE',
        dropout: null,
        unk_token: null,
        continuing_subword_prefix: null,
        end_of_word_suffix: null,
        fuse_unk: false,
        byte_fallback: false,
        ignore_merges: pre === 'llama-bpe',
        vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
        merges: merges.map((merge) => merge.split(' ') as [string, string]),
      },
    },
    tokenizerConfig: {
      tokenizer_class: 'PreTrainedTokenizerFast',
      ...named('bos'),
      ...named('eos'),
      ...(get('padding_token_id') === undefined ? {} : { pad_token: tokens[Number(get('padding_token_id'))]! }),
      ...(typeof template === 'string' ? { chat_template: template } : {}),
      add_bos_token: get('add_bos_token') === true,
      clean_up_tokenization_spaces: false,
    },
  }
}

function list(value: GgufValue | undefined): GgufValue[] {
  return Array.isArray(value) ? value : []
}
