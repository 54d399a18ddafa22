import { analyze } from '../search/analyze.ts'
import { inverseNorms, termWeight } from '../search/bm25.ts'
import { countTerms } from '../search/memory-index.ts'
import { Ranking } from '../search/rank.ts'
import { PostingCursor } from './posting-cursor.ts'
import type { PostingLists } from './posting-lists.ts'

/** Documents that are looked at together. */
const windowSize = 4096

/**
 * Lucene's BM25 over a store, with the same result as scoring every posting. What a term can add at most is known for each block of postings;
 * where the terms of a query together cannot reach the score of the worst of the best so far, documents are passed over, and terms that
 * cannot by themselves bring a new document in are only asked about documents that others found (MaxScore, Turtle & Flood 1995,
 * with block maxima).
 */
export class StoreIndex {
  readonly #lists: PostingLists
  readonly #lengths: Uint8Array
  readonly #norms: Float32Array
  /** Place of each document among documents of equal score. */
  readonly #order: Uint32Array
  readonly #scores = new Float64Array(windowSize)
  readonly #candidates = new Uint32Array(windowSize)

  constructor(lists: PostingLists, lengths: Uint8Array, meanLength: number, order: Uint32Array) {
    this.#lists = lists
    this.#lengths = lengths
    this.#norms = inverseNorms(meanLength)
    this.#order = order
  }

  search(query: string, limit: number): number[] {
    const ranking = new Ranking(limit, (document) => this.#order[document]!)
    const cursors = this.#open(query)
    if (cursors.length === 0 || limit === 0) return []
    const documents = this.#lengths.length
    const peaks = new Float64Array(cursors.length)
    const order = cursors.map((_, index) => index)
    /** What the terms up to a place of `order` can add together. */
    const sums = new Float64Array(cursors.length)
    for (let first = 0; first < documents; first += windowSize) {
      const end = Math.min(first + windowSize, documents)
      for (const [index, cursor] of cursors.entries()) peaks[index] = cursor.peak(first, end)
      order.sort((a, b) => peaks[a]! - peaks[b]!)
      let sum = 0
      for (const [place, index] of order.entries()) sums[place] = sum += peaks[index]!
      this.#searchWindow(first, end, cursors, order, sums, ranking)
    }
    return ranking.documents()
  }

  #open(query: string): PostingCursor[] {
    const cursors: PostingCursor[] = []
    for (const [term, count] of countTerms(analyze(query))) {
      const list = this.#lists.find(term)
      if (list === undefined) continue
      const weight = termWeight(this.#lengths.length, list.count, count)
      cursors.push(new PostingCursor(this.#lists, list, weight, this.#norms, this.#lengths))
    }
    return cursors
  }

  #searchWindow(
    first: number,
    end: number,
    cursors: readonly PostingCursor[],
    order: readonly number[],
    sums: Float64Array,
    ranking: Ranking,
  ): void {
    const { threshold } = ranking
    // Sums are compared as 32-bit numbers, as scores are; a sum of the threshold may still win by its order.
    let essential = 0
    while (essential < order.length && Math.fround(sums[essential]!) < threshold) essential++
    if (essential === order.length || sums[order.length - 1] === 0) return
    const scores = this.#scores.fill(0)
    for (let place = essential; place < order.length; place++) cursors[order[place]!]!.addAll(first, end, scores)
    const rest = essential === 0 ? 0 : sums[essential - 1]!
    let found = 0
    for (let i = 0; i < end - first; i++) {
      if (scores[i]! > 0 && Math.fround(scores[i]! + rest) >= threshold) this.#candidates[found++] = i
    }
    for (let place = essential - 1; place >= 0 && found > 0; place--) {
      const cursor = cursors[order[place]!]!
      const below = place === 0 ? 0 : sums[place - 1]!
      let kept = 0
      for (let i = 0; i < found; i++) {
        const candidate = this.#candidates[i]!
        scores[candidate]! += cursor.scoreOf(first + candidate)
        if (Math.fround(scores[candidate]! + below) >= threshold) this.#candidates[kept++] = candidate
      }
      found = kept
    }
    for (let i = 0; i < found; i++) {
      const candidate = this.#candidates[i]!
      ranking.offer(first + candidate, Math.fround(scores[candidate]!))
    }
  }
}
