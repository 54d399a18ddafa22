import { compareCodePoints, splitWords, strip } from '../python/python-text.ts'
import { sequenceRatio } from './sequence-ratio.ts'

/**
 * `thefuzz.fuzz.token_set_ratio` of version 0.19.0 on difflib, 0 to 100: the words of both sides as sets; 100 if one side has all
 * words of the other. Latin-1 letters beyond ASCII are deleted before words are cut.
 */
export function tokenSetRatio(a: string, b: string): number {
  const left = wordsOf(a)
  const right = wordsOf(b)
  if (left.size === 0 || right.size === 0) return 0
  const common = sorted([...left].filter((word) => right.has(word)))
  const onlyLeft = sorted([...left].filter((word) => !right.has(word)))
  const onlyRight = sorted([...right].filter((word) => !left.has(word)))
  if (common.length > 0 && (onlyLeft.length === 0 || onlyRight.length === 0)) return 100
  const shared = common.join(' ')
  const first = [...common, ...onlyLeft].join(' ')
  const second = [...common, ...onlyRight].join(' ')
  return Math.max(ratio(shared, first), ratio(shared, second), ratio(first, second))
}

const remembered = new Map<string, Set<string>>()
const rememberedTexts = 50_000

/** The set of words of a text; the same attributes and options are compared over and over. */
function wordsOf(text: string): Set<string> {
  const known = remembered.get(text)
  if (known !== undefined) return known
  const ascii = text.replace(/[\u0080-\u00ff]/g, '')
  const words = new Set(splitWords(strip(ascii.replace(/[^\p{L}\p{N}_]/gu, ' ').toLowerCase())))
  if (remembered.size >= rememberedTexts) remembered.clear()
  remembered.set(text, words)
  return words
}

const sorted = (words: string[]) => words.sort(compareCodePoints)

function ratio(a: string, b: string): number {
  if (a === b) return 100
  if (a === '' || b === '') return 0
  return roundHalfEven(100 * sequenceRatio(a, b))
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  if (rest !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}
