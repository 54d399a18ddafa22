import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers'
import { LeapError } from '../contracts/error.ts'
import { createSpanEncoder } from './tokenizer-encode.ts'
import type { TokenizerConfig, TokenizerFile } from './tokenizer-file.ts'

/** Text to token ids and back. */
export interface Tokenizer {
  /** Number of ids: the largest id plus one. */
  readonly size: number
  /** The token that ends a completion, where the tokenizer has one. */
  readonly endToken: number | undefined
  /**
   * Ids of a text. By default names of special tokens in the text are ordinary text, so that an observation cannot end a turn;
   * with `special` they are the tokens themselves, which rendered chat templates need.
   */
  encode(text: string, options?: { special?: boolean }): readonly number[]
  /** The text of the ids, special tokens left out. Bytes that are not UTF-8 become U+FFFD. */
  decode(ids: readonly number[]): string
  /** True for tokens that are no text (end of turn, padding). */
  isSpecial(id: number): boolean
  /** The id of a token by its name in the file. */
  idOf(token: string): number | undefined
}

/** How many texts (or lines) a tokenizer remembers the ids of. */
const cacheLimit = 50_000

/**
 * Makes a tokenizer from the contents of `tokenizer.json` and `tokenizer_config.json`. Leap's own vocabularies and GPT-2's are encoded here,
 * at a look-up per line or word; everything else by `@huggingface/tokenizers` (which always reads names of special tokens as the tokens).
 * Throws a LeapError `TOKENIZER_INVALID` for a file that is neither.
 */
export function createTokenizer(file: TokenizerFile, config: TokenizerConfig = {}): Tokenizer {
  let library: LibraryTokenizer
  try {
    library = new LibraryTokenizer(file as object, { ...config, clean_up_tokenization_spaces: false })
  } catch (cause) {
    throw new LeapError({
      code: 'TOKENIZER_INVALID',
      message: `expected a tokenizer.json of Hugging Face; ${cause instanceof Error ? cause.message : String(cause)}`,
      remedy: 'Take the tokenizer.json that belongs to the model, or train one.',
      cause,
    })
  }
  const vocabulary = library.get_vocab()
  const added = library.get_added_tokens_decoder()
  const specials = new Set<number>()
  for (const [id, token] of added) if (token.special) specials.add(id)
  const size = Math.max(...vocabulary.values(), ...added.keys()) + 1
  const endToken = endTokenOf(config, vocabulary, file)
  const common = {
    size,
    endToken,
    isSpecial: (id: number) => specials.has(id),
    idOf: (token: string) => vocabulary.get(token),
  }

  const own = createSpanEncoder(file, cacheLimit)
  const cache = new Map<string, readonly number[]>()
  const encodeByLibrary = (text: string) => {
    const known = cache.get(text)
    if (known) return known
    const { ids } = library.encode(text, { add_special_tokens: false })
    if (cache.size >= cacheLimit) cache.clear()
    cache.set(text, ids)
    return ids
  }
  const decodeByLibrary = (ids: readonly number[]) => {
    const plain = ids.filter((id) => !specials.has(id))
    return plain.length === 0 ? '' : library.decode(plain)
  }
  return {
    ...common,
    encode: (text, { special = false } = {}) => {
      if (text === '') return []
      if (!own) return encodeByLibrary(text)
      return special ? encodeWithSpecials(text, added, own.encode) : own.encode(text)
    },
    decode: own ? (ids) => own.decode(ids, specials) : decodeByLibrary,
  }
}

type AddedTokens = ReturnType<LibraryTokenizer['get_added_tokens_decoder']>

/** Cuts the names of added tokens out, longest first, and encodes what lies between. */
function encodeWithSpecials(text: string, added: AddedTokens, encode: (text: string) => readonly number[]): number[] {
  const names = [...added].sort(([, a], [, b]) => b.content.length - a.content.length)
  const pattern = new RegExp(
    names.map(([, { content }]) => content.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'),
    'g',
  )
  const ids: number[] = []
  let end = 0
  if (names.length > 0)
    for (const match of text.matchAll(pattern)) {
      const [id, token] = names.find(([, { content }]) => content === match[0])!
      const before = text.slice(end, match.index)
      for (const piece of encode(token.lstrip ? before.trimEnd() : before)) ids.push(piece)
      ids.push(id)
      end = match.index + match[0].length
      if (token.rstrip) while (end < text.length && /\s/.test(text[end]!)) end++
    }
  for (const piece of encode(text.slice(end))) ids.push(piece)
  return ids
}

function endTokenOf(config: TokenizerConfig, vocabulary: Map<string, number>, file: TokenizerFile): number | undefined {
  const named = typeof config.eos_token === 'string' ? config.eos_token : config.eos_token?.content
  if (named !== undefined) {
    const id = vocabulary.get(named)
    if (id !== undefined) return id
    throw new LeapError({
      code: 'TOKENIZER_INVALID',
      message: `tokenizer_config.json names the end token ${JSON.stringify(named)}, which tokenizer.json does not hold`,
      remedy: 'Use the two files of one model.',
    })
  }
  const usual = ['<|end|>', '<|endoftext|>', '</s>', '<|im_end|>', '<|end_of_text|>']
  const found = file.added_tokens.find(({ content }) => usual.includes(content))
  return found?.id
}
