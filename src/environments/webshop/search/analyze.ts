import { stem } from './porter.ts'
import { tokenize } from './tokenize.ts'

const stopWords = new Set(
  'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with'.split(
    ' ',
  ),
)

const possessive = /['’＇][sS]$/

/** Stems of words seen before; the same words come again and again. */
const stems = new Map<string, string>()
const rememberedStems = 200_000

/** A word that is in the index, and its place in the text. Stop words leave gaps. */
export interface Term {
  readonly text: string
  readonly position: number
}

/** The terms of a text by Lucene's English analysis: possessives off, lower case, 33 stop words out, Porter stems. */
export function analyze(text: string): string[] {
  const terms: string[] = []
  for (const token of tokenize(text)) {
    const term = toTerm(token)
    if (term !== undefined) terms.push(term)
  }
  return terms
}

/** The same with positions, counted over all words of the text. */
export function analyzeWithPositions(text: string): Term[] {
  return tokenize(text).flatMap((token, position) => {
    const term = toTerm(token)
    return term === undefined ? [] : [{ text: term, position }]
  })
}

function toTerm(token: string): string | undefined {
  let word = token
  const last = token.charCodeAt(token.length - 1)
  if ((last === 115 || last === 83) && possessive.test(token)) word = token.slice(0, -2)
  word = word.toLowerCase()
  if (word === '' || stopWords.has(word)) return undefined
  const known = stems.get(word)
  if (known !== undefined) return known
  const term = stem(word)
  if (stems.size >= rememberedStems) stems.clear()
  stems.set(word, term)
  return term
}
