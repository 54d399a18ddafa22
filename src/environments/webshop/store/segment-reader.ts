import { closeSync, openSync, readSync } from 'node:fs'

const pieceSize = 1 << 18

/** A term of a segment. */
export interface SegmentTerm {
  readonly text: string
  /** Documents that have it. */
  readonly count: number
  /** Its postings; valid until the next term is read. */
  readonly postings: Uint8Array
}

/** Reads a segment term by term, in sorted order. */
export class SegmentReader {
  readonly #file: number
  #buffer = Buffer.allocUnsafe(pieceSize)
  #start = 0
  #end = 0
  #position = 0

  constructor(path: string) {
    this.#file = openSync(path, 'r')
  }

  next(): SegmentTerm | undefined {
    if (!this.#need(2)) return undefined
    const length = this.#buffer.readUInt16LE(this.#start)
    this.#need(2 + length + 8)
    const text = this.#buffer.toString('utf8', this.#start + 2, this.#start + 2 + length)
    const count = this.#buffer.readUInt32LE(this.#start + 2 + length)
    const size = this.#buffer.readUInt32LE(this.#start + 2 + length + 4)
    this.#start += 2 + length + 8
    this.#need(size)
    const postings = this.#buffer.subarray(this.#start, this.#start + size)
    this.#start += size
    return { text, count, postings }
  }

  close(): void {
    closeSync(this.#file)
  }

  /** Has at least `length` bytes ready; false at the end of the file. */
  #need(length: number): boolean {
    if (this.#end - this.#start >= length) return true
    const rest = this.#buffer.subarray(this.#start, this.#end)
    // A new buffer where the old one is too small; else the rest moves to the front.
    const target = length > this.#buffer.length ? Buffer.allocUnsafe(2 * length) : this.#buffer
    target.set(rest, 0)
    this.#buffer = target
    this.#end = rest.length
    this.#start = 0
    while (this.#end < length) {
      const read = readSync(this.#file, this.#buffer, this.#end, this.#buffer.length - this.#end, this.#position)
      if (read === 0) {
        if (this.#end === 0) return false
        throw new RangeError(`a segment ends within a term`)
      }
      this.#position += read
      this.#end += read
    }
    return true
  }
}
