/** The parts of a Hugging Face `tokenizer.json` that Leap writes or looks at; other parts are passed through to the library. */
export interface TokenizerFile {
  version: string
  truncation: null
  padding: null
  added_tokens: AddedToken[]
  normalizer: object | null
  pre_tokenizer: PreTokenizer | null
  post_processor: object | null
  decoder: object | null
  model: BpeModel
}

export interface AddedToken {
  id: number
  content: string
  single_word: boolean
  lstrip: boolean
  rstrip: boolean
  normalized: boolean
  special: boolean
}

export type PreTokenizer =
  | { type: 'Sequence'; pretokenizers: PreTokenizer[] }
  | { type: 'Split'; pattern: { Regex?: string; String?: string }; behavior: string; invert: boolean }
  | { type: 'ByteLevel'; add_prefix_space: boolean; trim_offsets: boolean; use_regex: boolean }

export interface BpeModel {
  type: 'BPE'
  dropout: null
  unk_token: null
  continuing_subword_prefix: null
  end_of_word_suffix: null
  fuse_unk: boolean
  byte_fallback: boolean
  /** A span that is itself in the vocabulary is one token, whatever the merges say. */
  ignore_merges: boolean
  /** Token in the byte alphabet -> id. */
  vocab: Record<string, number>
  /** Pairs in the byte alphabet, best first. */
  merges: [string, string][]
}

/** The parts of `tokenizer_config.json` that matter here. */
export interface TokenizerConfig {
  tokenizer_class?: string
  eos_token?: string | { content: string } | null
  bos_token?: string | { content: string } | null
  pad_token?: string | { content: string } | null
  chat_template?: string | { name: string; template: string }[] | null
  clean_up_tokenization_spaces?: boolean
  [key: string]: unknown
}
