import { termScore } from '../search/bm25.ts'
import type { PostingList, PostingLists } from './posting-lists.ts'
import { blockSize, readPostings } from './postings-code.ts'

/** Reads the postings of one term of a query, from lower to higher documents. */
export class PostingCursor {
  readonly weight: number
  readonly #lists: PostingLists
  readonly #list: PostingList
  readonly #norms: Float32Array
  readonly #lengths: Uint8Array
  readonly #documents = new Uint32Array(blockSize)
  readonly #frequencies = new Uint32Array(blockSize)
  /** The first block that may hold documents that are still of interest. */
  #block: number
  #decoded = -1
  #size = 0
  /** Place within the decoded block. */
  #place = 0

  constructor(lists: PostingLists, list: PostingList, weight: number, norms: Float32Array, lengths: Uint8Array) {
    this.weight = weight
    this.#lists = lists
    this.#list = list
    this.#norms = norms
    this.#lengths = lengths
    this.#block = list.firstBlock
  }

  /** The most that the term adds to the score of a document of [first, end). Windows must ascend. */
  peak(first: number, end: number): number {
    const { blockLasts, blockPeaks } = this.#lists
    while (this.#block < this.#list.endBlock && blockLasts[this.#block]! < first) this.#block++
    let peak = 0
    for (let block = this.#block; block < this.#list.endBlock; block++) {
      // A block starts behind the last document of the one before.
      if (block > this.#list.firstBlock && blockLasts[block - 1]! >= end - 1) break
      if (blockPeaks[block]! > peak) peak = blockPeaks[block]!
    }
    return termScore(this.weight, 1, peak)
  }

  /** Adds the term's scores for the documents of [first, end) to `scores`, which starts with document `first`. */
  addAll(first: number, end: number, scores: Float64Array): void {
    const { blockLasts } = this.#lists
    for (let block = this.#block; block < this.#list.endBlock; block++) {
      if (block > this.#list.firstBlock && blockLasts[block - 1]! >= end - 1) break
      this.#decode(block)
      for (let i = 0; i < this.#size; i++) {
        const document = this.#documents[i]!
        if (document < first) continue
        if (document >= end) break
        scores[document - first]! += this.#score(i)
      }
    }
  }

  /** The term's score for a document, 0 if it does not have the term. Documents must ascend within a window. */
  scoreOf(document: number): number {
    const { blockLasts } = this.#lists
    let block = Math.max(this.#block, this.#decoded)
    while (block < this.#list.endBlock && blockLasts[block]! < document) block++
    if (block >= this.#list.endBlock) return 0
    if (block !== this.#decoded) this.#decode(block)
    let place = this.#place
    while (place < this.#size && this.#documents[place]! < document) place++
    this.#place = place
    return this.#documents[place] === document && place < this.#size ? this.#score(place) : 0
  }

  #score(place: number): number {
    const norm = this.#norms[this.#lengths[this.#documents[place]!]!]!
    return termScore(this.weight, this.#frequencies[place]!, norm)
  }

  #decode(block: number): void {
    this.#place = 0
    if (block === this.#decoded) return
    const { firstBlock, count, bytes } = this.#list
    const size = Math.min(blockSize, count - (block - firstBlock) * blockSize)
    const before = block === firstBlock ? 0 : this.#lists.blockLasts[block - 1]!
    readPostings(bytes, this.#lists.blockPlaces[block]!, size, before, this.#documents, this.#frequencies)
    this.#decoded = block
    this.#size = size
  }
}
