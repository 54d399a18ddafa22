import { byteAlphabet, toByteAlphabet } from './tokenizer-bytes.ts'
import type { TokenizerFile } from './tokenizer-file.ts'
import { learnMerges } from './tokenizer-merges.ts'
import { spanPattern, splitSpans, wordPattern } from './tokenizer-spans.ts'

export interface TokenizerTrainingOptions {
  /** Number of tokens at most, the end token and the 256 bytes included. */
  size?: number
  /** An entity (`cabinet 12`), a noun or a whole phrase becomes a token if it occurs at least this often. */
  minimumCount?: number
  /** Share of the vocabulary that entities and nouns may take, most frequent first. */
  entityShare?: number
  /**
   * True for nouns whose entities are cut into noun and number (`mug`, ` 2`). A class is then recognised and a name copied at once, which suits things that
   * are looked for by class; whole names suit things that have to be told apart, such as places. Default: whole names for all.
   */
  inParts?: (noun: string) => boolean
  /**
   * What is one token at most. `entities`: numbered names and whole phrases, for texts that are templates about few things. `words`: single words with the
   * space before them, for texts in which any word may stand anywhere and has to be recognised or copied. Default: entities.
   */
  spans?: 'entities' | 'words'
}

/** Written after every completion: the model says that it is done. Always id 0. */
export const endToken = '<|end|>'

/**
 * Learns a vocabulary for texts about things with numbered names. In this order: the end token; all bytes, so that any text can be written;
 * entities and their nouns; whole phrases between entities (` You arrive at `), since texts of an environment are mostly templates; at last
 * byte-pair merges over what remains, which spell everything else. Whole spans are taken without merges (`ignore_merges`), so no token is
 * spent on pieces of them. Deterministic: the same texts in any order give the same file.
 * @returns a standard tokenizer.json, which `@huggingface/tokenizers` and Python's `tokenizers` (0.15 or later) read alike.
 */
export function trainTokenizer(texts: Iterable<string>, options: TokenizerTrainingOptions = {}): TokenizerFile {
  const { size = 1500, minimumCount = 8, entityShare = 0.6, inParts = () => false, spans: cut = 'entities' } = options
  const lines = countLines(texts)
  const found = cut === 'words' ? new Map() : commonEntities(lines, minimumCount, Math.floor(size * entityShare))
  const entities = new Map([...found].map(([noun, numbers]) => [noun, inParts(noun) ? [] : numbers]))
  const pattern = cut === 'words' ? wordPattern : spanPattern(entities)
  const spans = countSpans(lines, new RegExp(pattern, 'gu'))

  const vocabulary = new Map<string, number>()
  const learn = (token: string) => {
    if (!vocabulary.has(token)) vocabulary.set(token, vocabulary.size)
  }
  learn(endToken)
  for (const character of byteAlphabet) learn(character)
  for (const [noun, numbers] of entities) {
    learn(toByteAlphabet(noun))
    for (const number of numbers) learn(toByteAlphabet(`${noun} ${number}`))
  }
  // A quarter of what is left is kept for merges, unless there is little that needs spelling.
  const rest = [...spans].filter(([span]) => !vocabulary.has(span))
  const room = Math.max(0, size - vocabulary.size)
  const phrases = rest
    .filter(([, count]) => count >= minimumCount)
    .sort(([a, m], [b, n]) => n * b.length - m * a.length || (a < b ? -1 : 1))
    .slice(0, Math.ceil(room * 0.75))
  for (const [phrase] of phrases) learn(phrase)
  const uncovered = new Map<string, number>()
  for (const [span, count] of rest) {
    if (vocabulary.has(span)) continue
    // A word that has to be spelled is spelled alike with a space before it and without.
    const spelled = cut === 'words' ? span.replace(/^Ġ/, '') : span
    uncovered.set(spelled, (uncovered.get(spelled) ?? 0) + count)
  }
  const merges = learnMerges(uncovered, {
    limit: size - vocabulary.size,
    minimumCount: 2,
    known: new Set(vocabulary.keys()),
  })
  for (const [left, right] of merges) learn(left + right)
  return tokenizerFile(vocabulary, merges, pattern)
}

function tokenizerFile(vocabulary: Map<string, number>, merges: [string, string][], pattern: string): TokenizerFile {
  const bytes = { type: 'ByteLevel' as const, add_prefix_space: false, trim_offsets: false, use_regex: false }
  const added = {
    id: 0,
    content: endToken,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [added],
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [{ type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated', invert: false }, bytes],
    },
    post_processor: null,
    decoder: bytes,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: true,
      vocab: Object.fromEntries(vocabulary),
      merges,
    },
  }
}

function countLines(texts: Iterable<string>): Map<string, number> {
  const lines = new Map<string, number>()
  for (const text of texts) for (const line of text.split('\n')) lines.set(line, (lines.get(line) ?? 0) + 1)
  return new Map([...lines].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Spans in the byte alphabet with their counts; line breaks are counted too. */
function countSpans(lines: ReadonlyMap<string, number>, pattern: RegExp): Map<string, number> {
  const spans = new Map<string, number>()
  for (const [line, count] of lines)
    for (const span of [...splitSpans(line, pattern), '\n']) spans.set(span, (spans.get(span) ?? 0) + count)
  return new Map([...spans].map(([span, count]) => [toByteAlphabet(span), count]))
}

/** The most frequent entities by noun, numbers ascending. A noun counts as often as its entities and its bare occurrences together. */
function commonEntities(
  lines: ReadonlyMap<string, number>,
  minimumCount: number,
  limit: number,
): Map<string, number[]> {
  const counts = new Map<string, number>()
  const nouns = new Set<string>()
  for (const [line, count] of lines)
    for (const [entity] of line.matchAll(/(?<![A-Za-z])[a-z]+ (?:0|[1-9][0-9]{0,3})(?![0-9A-Za-z])/gu)) {
      counts.set(entity, (counts.get(entity) ?? 0) + count)
    }
  const common = [...counts]
    .filter(([, count]) => count >= minimumCount)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const chosen: string[] = []
  for (const [entity] of common) {
    const noun = entity.slice(0, entity.indexOf(' '))
    const cost = nouns.has(noun) ? 1 : 2
    if (chosen.length + nouns.size + cost > limit) break
    nouns.add(noun)
    chosen.push(entity)
  }
  const byNoun = new Map<string, number[]>([...nouns].sort().map((noun) => [noun, []]))
  for (const entity of chosen) {
    const [noun, number] = entity.split(' ') as [string, string]
    byNoun.get(noun)!.push(Number(number))
  }
  for (const numbers of byNoun.values()) numbers.sort((a, b) => a - b)
  return byNoun
}
