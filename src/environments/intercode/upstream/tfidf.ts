import { compareCodePoints } from './compare-code-points.ts'

/** A word as scikit-learn's vectorizers see it: two or more Unicode word characters (Python's `\w`: no combining marks). */
const wordPattern = /[\p{L}\p{N}_]{2,}/gu

/** The words of a text, lower case, as scikit-learn's default analyser finds them. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(wordPattern) ?? []
}

/**
 * Cosine similarity of two texts, 0 to 1, as scikit-learn's `TfidfVectorizer` with its defaults gives it when fitted on these two alone: raw
 * counts times idf = ln(3 / (1 + documents with the word)) + 1, normalised by Euclidean length.
 *
 * @returns undefined where scikit-learn raises "empty vocabulary": neither text has a word
 */
export function tfidfSimilarity(first: string, second: string): number | undefined {
  const counts = [countWords(first), countWords(second)] as const
  // In the vectorizer's order of columns, so that sums are of the same terms in the same order.
  const vocabulary = [...new Set([...counts[0].keys(), ...counts[1].keys()])].sort(compareCodePoints)
  if (vocabulary.length === 0) return undefined
  const [left, right] = counts.map((count) => {
    const weights = vocabulary.map((word) => (count.get(word) ?? 0) * idf(word, counts))
    const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0))
    return length === 0 ? weights : weights.map((weight) => weight / length)
  }) as [number[], number[]]
  return left.reduce((sum, weight, index) => sum + weight * right[index]!, 0)
}

function idf(word: string, counts: readonly ReadonlyMap<string, number>[]): number {
  const documents = counts.filter((count) => count.has(word)).length
  return Math.log(3 / (1 + documents)) + 1
}

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
