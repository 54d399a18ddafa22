import { analyze } from './analyze.ts'
import { inverseNorms, termScore, termWeight } from './bm25.ts'
import { encodeLength } from './length-norm.ts'
import { Ranking } from './rank.ts'

interface Postings {
  readonly documents: number[]
  readonly frequencies: number[]
}

/** Lucene's BM25 over texts held in memory, every posting scored. Documents are numbered in the order given. */
export class MemoryIndex {
  readonly #terms = new Map<string, Postings>()
  readonly #lengths: Uint8Array
  readonly #norms: Float32Array
  /** Place of each document when scores tie. */
  readonly #order: Uint32Array
  readonly #scores: Float64Array

  /** @param order place of each document among documents of equal score */
  constructor(texts: readonly string[], order: Uint32Array) {
    this.#lengths = new Uint8Array(texts.length)
    this.#order = order
    this.#scores = new Float64Array(texts.length)
    let total = 0
    for (const [document, text] of texts.entries()) {
      const terms = analyze(text)
      total += terms.length
      this.#lengths[document] = encodeLength(terms.length)
      for (const [term, frequency] of countTerms(terms)) {
        let postings = this.#terms.get(term)
        if (postings === undefined) this.#terms.set(term, (postings = { documents: [], frequencies: [] }))
        postings.documents.push(document)
        postings.frequencies.push(frequency)
      }
    }
    this.#norms = inverseNorms(total / texts.length)
  }

  search(query: string, limit: number): number[] {
    const scores = this.#scores.fill(0)
    const touched = new Set<number>()
    for (const [term, count] of countTerms(analyze(query))) {
      const postings = this.#terms.get(term)
      if (postings === undefined) continue
      const weight = termWeight(scores.length, postings.documents.length, count)
      for (const [i, document] of postings.documents.entries()) {
        scores[document]! += termScore(weight, postings.frequencies[i]!, this.#norms[this.#lengths[document]!]!)
        touched.add(document)
      }
    }
    const ranking = new Ranking(limit, (document) => this.#order[document]!)
    // Lucene adds terms up in 64 bits and compares sums in 32.
    for (const document of touched) ranking.offer(document, Math.fround(scores[document]!))
    return ranking.documents()
  }
}

/** How often each term is there, in the order of first appearance. */
export function countTerms(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return counts
}
