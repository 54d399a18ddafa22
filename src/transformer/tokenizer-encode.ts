import { fromByteAlphabet, toByteAlphabet } from './tokenizer-bytes.ts'
import type { PreTokenizer, TokenizerFile } from './tokenizer-file.ts'
import { mergePairs } from './tokenizer-merges.ts'
import { cutsAtLines, splitSpans } from './tokenizer-spans.ts'

export interface SpanEncoder {
  encode(text: string): readonly number[]
  decode(ids: readonly number[], omit: ReadonlySet<number>): string
}

/**
 * A fast encoder for byte-level BPE over the spans of one regular expression, or undefined if the file is of another kind. Spans are encoded
 * once and remembered; with Leap's own pattern whole lines are, because no span crosses a line break, and then encoding a long history costs
 * one look-up per line.
 */
export function createSpanEncoder(file: TokenizerFile, cacheLimit: number): SpanEncoder | undefined {
  const source = spanSource(file)
  if (source === undefined) return undefined
  const pattern = new RegExp(source, 'gu')
  const { vocab, merges, ignore_merges: ignoreMerges } = file.model
  const vocabulary = new Map(Object.entries(vocab))
  const names = new Set(file.added_tokens.map(({ content }) => content))
  const ranks = new Map<string, number>()
  merges.forEach((merge, rank) => {
    const key = typeof merge === 'string' ? (merge as string) : merge.join(' ')
    if (!ranks.has(key)) ranks.set(key, rank)
  })
  const rankOf = (left: string, right: string) => ranks.get(`${left} ${right}`)

  const spanCache = new Map<string, readonly number[]>()
  const encodeSpan = (span: string): readonly number[] => {
    const known = spanCache.get(span)
    if (known) return known
    const letters = toByteAlphabet(span)
    const whole = ignoreMerges && !names.has(letters) ? vocabulary.get(letters) : undefined
    const ids = whole !== undefined ? [whole] : mergePairs(letters, rankOf).map((part) => vocabulary.get(part)!)
    if (spanCache.size >= cacheLimit) spanCache.clear()
    spanCache.set(span, ids)
    return ids
  }
  const encodePiece = (text: string): number[] => {
    const ids: number[] = []
    for (const span of splitSpans(text, pattern)) for (const id of encodeSpan(span)) ids.push(id)
    return ids
  }

  const lineCache = new Map<string, readonly number[]>()
  const encodeLine = (line: string): readonly number[] => {
    const known = lineCache.get(line)
    if (known) return known
    const ids = encodePiece(line)
    if (lineCache.size >= cacheLimit) lineCache.clear()
    lineCache.set(line, ids)
    return ids
  }
  const encodeLines = (text: string): number[] => {
    const ids: number[] = []
    let start = 0
    while (start < text.length) {
      const found = text.indexOf('\n', start)
      const end = found < 0 ? text.length : found + 1
      for (const id of encodeLine(text.slice(start, end))) ids.push(id)
      start = end
    }
    return ids
  }

  const bytesOf: Uint8Array[] = []
  const bytes = (id: number): Uint8Array => bytesOf[id] ?? nothing
  const utf8 = new TextEncoder()
  for (const [token, id] of vocabulary) bytesOf[id] = fromByteAlphabet(token) ?? utf8.encode(token)
  for (const { id, content } of file.added_tokens) bytesOf[id] = utf8.encode(content)
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

  return {
    encode: cutsAtLines(source) ? encodeLines : encodePiece,
    decode: (ids, omit) => {
      let length = 0
      for (const id of ids) if (!omit.has(id)) length += bytes(id).length
      const joined = new Uint8Array(length)
      let offset = 0
      for (const id of ids) {
        if (omit.has(id)) continue
        joined.set(bytes(id), offset)
        offset += bytes(id).length
      }
      return decoder.decode(joined)
    },
  }
}

const nothing = new Uint8Array(0)

/** The regular expression of GPT-2's pre-tokenizer, which `ByteLevel` with `use_regex` stands for. */
const gpt2Pattern = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"

/** The one regular expression by which this file cuts text, or undefined if it works in another way (or one that JavaScript reads differently). */
function spanSource({ model, normalizer, pre_tokenizer, added_tokens }: TokenizerFile): string | undefined {
  if (model.type !== 'BPE' || normalizer !== null || pre_tokenizer === null) return undefined
  if (model.byte_fallback || model.continuing_subword_prefix || model.end_of_word_suffix || model.unk_token)
    return undefined
  if (added_tokens.some(({ special, normalized }) => !special && normalized)) return undefined
  const steps: PreTokenizer[] = pre_tokenizer.type === 'Sequence' ? pre_tokenizer.pretokenizers : [pre_tokenizer]
  const [first, second] = steps
  if (steps.length === 1 && first?.type === 'ByteLevel' && first.use_regex && !first.add_prefix_space)
    return gpt2Pattern
  if (steps.length !== 2 || first?.type !== 'Split' || second?.type !== 'ByteLevel') return undefined
  if (first.behavior !== 'Isolated' || first.invert || second.use_regex || second.add_prefix_space) return undefined
  const source = first.pattern.Regex
  // Only patterns made here are known to mean the same in JavaScript and Oniguruma.
  return source !== undefined && cutsAtLines(source) ? source : undefined
}
