import { LeapError } from '../contracts/error.ts'
import type { CheckpointFiles } from './checkpoint.ts'
import type { Weight } from './safetensors.ts'
import { createTokenizer } from './tokenizer.ts'
import { toByteAlphabet } from './tokenizer-bytes.ts'
import type { PreTokenizer } from './tokenizer-file.ts'
import { splitSpans } from './tokenizer-spans.ts'

export interface VocabularyExtension {
  /** New tokens at most. */
  size: number
  /** A span becomes a token if it occurs at least this often. Default 20. */
  minimumCount?: number
}

/**
 * Gives a student of Leap's own tokens for the phrases of texts that its vocabulary has to spell: those that save most tokens first. A new token starts as the
 * mean of what it was spelled with, so the student reads on where it was; prompts of an environment with other templates become about half as long.
 * Deterministic. Throws a LeapError `VOCABULARY_FIXED` for a tokenizer whose spans are not tokens of their own (not made by `trainTokenizer`).
 */
export function extendVocabulary(
  files: CheckpointFiles,
  texts: Iterable<string>,
  { size, minimumCount = 20 }: VocabularyExtension,
): CheckpointFiles {
  const { tokenizer, tokenizerConfig, config } = files
  const pattern = splitPattern(tokenizer.pre_tokenizer)
  if (pattern === undefined || !tokenizer.model.ignore_merges)
    throw new LeapError({
      code: 'VOCABULARY_FIXED',
      message:
        'student.extraVocabulary: expected a student of Leap’s own, found a checkpoint with another kind of tokenizer',
      remedy: 'Leave the field out: the vocabulary of other checkpoints stays as it is.',
    })
  const known = tokenizer.model.vocab
  const text = createTokenizer(tokenizer, tokenizerConfig)
  const phrases = [...countSpans(texts, new RegExp(pattern, 'gu'))]
    .filter(([span, count]) => count >= minimumCount && known[toByteAlphabet(span)] === undefined)
    .map(([span, count]) => ({ span, pieces: text.encode(span), count }))
    .map((phrase) => ({ ...phrase, saved: phrase.count * (phrase.pieces.length - 1) }))
    .sort((a, b) => b.saved - a.saved || (a.span < b.span ? -1 : 1))
    .slice(0, size)
  const first = text.size
  const vocab = {
    ...known,
    ...Object.fromEntries(phrases.map(({ span }, index) => [toByteAlphabet(span), first + index])),
  }
  const rows = first + phrases.length
  // A multiple of four keeps products aligned; spare rows are never written.
  const vocabSize = Math.max(config.vocab_size, Math.ceil(rows / 4) * 4)
  const pieces = phrases.map((phrase) => phrase.pieces)
  const weights = new Map(files.weights)
  for (const name of ['model.embed_tokens.weight', 'lm_head.weight']) {
    const weight = weights.get(name)
    if (weight) weights.set(name, withMeans(weight, { first, pieces, rows: vocabSize }))
  }
  return {
    ...files,
    config: { ...config, vocab_size: vocabSize },
    weights,
    tokenizer: { ...tokenizer, model: { ...tokenizer.model, vocab } },
  }
}

function withMeans(
  { shape, data }: Weight,
  { first, pieces, rows }: { first: number; pieces: readonly (readonly number[])[]; rows: number },
): Weight {
  const width = shape[1]!
  const extended = new Float32Array(rows * width)
  extended.set(data.subarray(0, Math.min(data.length, extended.length)))
  for (const [index, ids] of pieces.entries())
    for (let column = 0; column < width; column++)
      extended[(first + index) * width + column] =
        ids.reduce((sum, id) => sum + data[id * width + column]!, 0) / ids.length
  return { shape: [rows, width], data: extended }
}

function countSpans(texts: Iterable<string>, pattern: RegExp): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts)
    for (const line of text.split('\n'))
      for (const span of splitSpans(line, pattern)) counts.set(span, (counts.get(span) ?? 0) + 1)
  return counts
}

function splitPattern(pre: PreTokenizer | null): string | undefined {
  if (pre?.type === 'Split') return pre.pattern.Regex
  return pre?.type === 'Sequence' ? pre.pretokenizers.map(splitPattern).find((found) => found !== undefined) : undefined
}
