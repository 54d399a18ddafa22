import { FileWriter } from './file-writer.ts'
import { longestPosting, writePosting } from './postings-code.ts'

/**
 * Collects the postings of some ten thousand documents in memory and writes them as one sorted segment. Segments are merged when all
 * documents are read, so that memory does not grow with their number.
 */
export class SegmentWriter {
  #terms = new Map<string, number>()
  #postingTerms = new Uint32Array(1 << 20)
  #postingDocuments = new Uint32Array(1 << 20)
  #postingFrequencies = new Uint32Array(1 << 20)
  /** Last posting of each term, so that a repeated word is told. */
  #lastPostings = new Uint32Array(1 << 16)
  #size = 0
  #scratch = new Uint8Array(1 << 16)

  /** Postings held. */
  get size(): number {
    return this.#size
  }

  /** Adds a document; numbers must ascend. */
  add(document: number, terms: readonly string[]): void {
    const first = this.#size
    for (const text of terms) {
      let term = this.#terms.get(text)
      if (term === undefined) {
        term = this.#terms.size
        this.#terms.set(text, term)
        if (term >= this.#lastPostings.length) this.#lastPostings = grow(this.#lastPostings)
      } else {
        const last = this.#lastPostings[term]!
        if (last >= first) {
          this.#postingFrequencies[last]!++
          continue
        }
      }
      this.#push(term, document)
    }
  }

  /**
   * Writes the segment and forgets it: per term in sorted order its length and bytes, number of postings, their length and bytes.
   */
  write(path: string): void {
    const starts = new Uint32Array(this.#terms.size + 1)
    for (let i = 0; i < this.#size; i++) starts[this.#postingTerms[i]! + 1]!++
    for (let term = 1; term < starts.length; term++) starts[term]! += starts[term - 1]!
    const byTerm = new Uint32Array(this.#size)
    const next = starts.slice()
    for (let i = 0; i < this.#size; i++) byTerm[next[this.#postingTerms[i]!]!++] = i
    const writer = new FileWriter(path)
    const header = Buffer.alloc(8)
    for (const text of [...this.#terms.keys()].sort()) {
      const term = this.#terms.get(text)!
      const [start, end] = [starts[term]!, starts[term + 1]!]
      const name = Buffer.from(text)
      const length = Buffer.alloc(2)
      length.writeUInt16LE(name.length)
      writer.write(length)
      writer.write(name)
      const postings = this.#encode(byTerm.subarray(start, end))
      header.writeUInt32LE(end - start, 0)
      header.writeUInt32LE(postings.length, 4)
      writer.write(header)
      writer.write(postings)
    }
    writer.close()
    this.#terms = new Map()
    this.#size = 0
  }

  #encode(postings: Uint32Array): Uint8Array {
    if (this.#scratch.length < postings.length * longestPosting)
      this.#scratch = new Uint8Array(2 * postings.length * longestPosting)
    const bytes = this.#scratch
    let at = 0
    let before = 0
    for (const posting of postings) {
      const document = this.#postingDocuments[posting]!
      at = writePosting(bytes, at, document - before, this.#postingFrequencies[posting]!)
      before = document
    }
    return bytes.subarray(0, at)
  }

  #push(term: number, document: number): void {
    const at = this.#size++
    if (at >= this.#postingTerms.length) {
      this.#postingTerms = grow(this.#postingTerms)
      this.#postingDocuments = grow(this.#postingDocuments)
      this.#postingFrequencies = grow(this.#postingFrequencies)
    }
    this.#postingTerms[at] = term
    this.#postingDocuments[at] = document
    this.#postingFrequencies[at] = 1
    this.#lastPostings[term] = at
  }
}

function grow(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2)
  larger.set(array)
  return larger
}
