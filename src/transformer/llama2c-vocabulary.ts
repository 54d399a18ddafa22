import { LeapError } from '../contracts/error.ts'
import type { TokenizerFile } from './tokenizer-file.ts'

/**
 * A llama2.c tokenizer.bin (int32 longest token, then per token float32 score, int32 length, bytes) as a tokenizer.json. The file is a
 * SentencePiece BPE model without its merges; they follow from the scores: any two tokens whose join is a token may be merged, best score first.
 */
export function createVocabularyFile(bytes: ArrayBuffer, size: number, source: string): TokenizerFile {
  const view = new DataView(bytes)
  const decoder = new TextDecoder()
  const tokens: { text: string; score: number }[] = []
  let offset = 4
  for (let id = 0; id < size; id++) {
    if (offset + 8 > bytes.byteLength) throw unreadable(source, id, size)
    const length = view.getInt32(offset + 4, true)
    if (length < 0 || offset + 8 + length > bytes.byteLength) throw unreadable(source, id, size)
    const text = decoder.decode(bytes.slice(offset + 8, offset + 8 + length))
    tokens.push({ text: nameOf(id, text), score: view.getFloat32(offset, true) })
    offset += 8 + length
  }
  const scores = new Map(tokens.slice(259).map(({ text, score }) => [text, score]))
  const merges: { pair: [string, string]; score: number }[] = []
  for (const [text, score] of scores) {
    const letters = Array.from(text)
    for (let cut = 1; cut < letters.length; cut++) {
      const pair: [string, string] = [letters.slice(0, cut).join(''), letters.slice(cut).join('')]
      if (scores.has(pair[0]) && scores.has(pair[1])) merges.push({ pair, score })
    }
  }
  merges.sort((a, b) => b.score - a.score)
  const special = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: ['<unk>', '<s>', '</s>'].map((content, id) => ({ id, content, ...special })),
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Prepend', prepend: space },
        { type: 'Replace', pattern: { String: ' ' }, content: space },
      ],
    },
    pre_tokenizer: null,
    post_processor: null,
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: space }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
      ],
    },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: '<unk>' as never,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: true,
      byte_fallback: true,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map(({ text }, id) => [text, id])),
      merges: merges.map(({ pair }) => pair),
    },
  }
}

/** SentencePiece's visible space. */
const space = '\u2581'

function nameOf(id: number, text: string): string {
  if (id < 3) return ['<unk>', '<s>', '</s>'][id]!
  return id < 259 ? text : text.replaceAll(' ', space)
}

function unreadable(source: string, id: number, size: number): LeapError {
  return new LeapError({
    code: 'CHECKPOINT_UNREADABLE',
    message: `${source}: the vocabulary ends at token ${id}, expected ${size}`,
    remedy: 'Expected the tokenizer.bin that belongs to the model.',
  })
}
