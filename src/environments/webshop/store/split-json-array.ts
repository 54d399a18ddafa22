import { open } from 'node:fs/promises'
import { LeapError } from '../../../contracts/error.ts'

/** An element of the array and where it ends in the file. */
export interface ArrayElement {
  readonly text: string
  /** Byte behind the element: a later reading can go on from here. */
  readonly end: number
}

const quote = 0x22
const backslash = 0x5c
const opening = new Set([0x5b, 0x7b])
const closing = new Set([0x5d, 0x7d])
const space = new Set([0x20, 0x09, 0x0a, 0x0d])
const comma = 0x2c
const arrayStart = 0x5b
const arrayEnd = 0x5d

/**
 * The elements of a JSON array of objects, in batches, without holding more than a few pieces of the file: the full catalogue is one array of 5.5 GB.
 *
 * @param from byte to go on from, as an element's `end` said; 0 for the beginning
 * @throws LeapError `PRODUCTS_INVALID` if the file is no array of objects or ends early
 */
export async function* splitJsonArray(path: string, from = 0, pieceSize = 1 << 22): AsyncGenerator<ArrayElement[]> {
  const file = await open(path, 'r')
  try {
    const scanner = new Scanner(path, from)
    let position = from
    // Taken in turns: a batch's texts are made before the next piece overwrites its bytes.
    const piece = Buffer.allocUnsafe(pieceSize)
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, pieceSize, position)
      if (bytesRead === 0) break
      position += bytesRead
      const batch = scanner.take(piece.subarray(0, bytesRead))
      if (batch.length > 0) yield batch
      if (scanner.isDone) return
    }
    throw invalid(path, `expected "]" at the end of the array, found the end of the file at byte ${position}`)
  } finally {
    await file.close()
  }
}

class Scanner {
  readonly #path: string
  /** Byte of the file at which the present piece starts. */
  #position: number
  /** What was read of the element that is not complete yet. */
  #pending: Buffer[] = []
  #depth = 0
  #isInString = false
  /** An odd number of backslashes stands before the next byte. */
  #isEscaped = false
  #hasStarted: boolean
  isDone = false

  constructor(path: string, from: number) {
    this.#path = path
    this.#position = from
    this.#hasStarted = from > 0
  }

  take(piece: Buffer): ArrayElement[] {
    const elements: ArrayElement[] = []
    let start = this.#depth > 0 ? 0 : -1
    let i = 0
    while (i < piece.length && !this.isDone) {
      if (this.#isInString) {
        i = this.#endOfString(piece, i)
        continue
      }
      const byte = piece[i]!
      if (this.#depth === 0) {
        if (this.#begins(byte, this.#position + i)) {
          this.#depth = 1
          start = i
        }
      } else if (byte === quote) this.#isInString = true
      else if (opening.has(byte)) this.#depth++
      else if (closing.has(byte) && --this.#depth === 0) {
        elements.push({ text: this.#complete(piece.subarray(start, i + 1)), end: this.#position + i + 1 })
        start = -1
      }
      i++
    }
    if (start >= 0) this.#pending.push(Buffer.from(piece.subarray(start)))
    this.#position += piece.length
    return elements
  }

  /** The place behind the string's end, or the piece's end. Jumps from quote to quote, since most bytes are inside strings. */
  #endOfString(piece: Buffer, from: number): number {
    let i = from
    if (this.#isEscaped) {
      this.#isEscaped = false
      i++
    }
    for (;;) {
      const end = piece.indexOf(quote, i)
      const stop = end < 0 ? piece.length : end
      let slashes = 0
      while (stop - 1 - slashes >= i && piece[stop - 1 - slashes] === backslash) slashes++
      if (end < 0) {
        this.#isEscaped = slashes % 2 === 1
        return piece.length
      }
      i = end + 1
      if (slashes % 2 === 0) {
        this.#isInString = false
        return i
      }
    }
  }

  /** Whether an element begins with this byte, which is outside of elements. */
  #begins(byte: number, at: number): boolean {
    if (space.has(byte)) return false
    if (!this.#hasStarted) {
      // A byte order mark may precede the array.
      if (byte >= 0xbb && at < 3) return false
      if (byte !== arrayStart)
        throw invalid(this.#path, `expected "[" at byte ${at}, found ${JSON.stringify(String.fromCharCode(byte))}`)
      this.#hasStarted = true
    } else if (byte === arrayEnd) this.isDone = true
    else if (opening.has(byte)) return true
    else if (byte !== comma)
      throw invalid(this.#path, `expected an object at byte ${at}, found ${JSON.stringify(String.fromCharCode(byte))}`)
    return false
  }

  #complete(last: Buffer): string {
    const text = this.#pending.length === 0 ? last.toString() : Buffer.concat([...this.#pending, last]).toString()
    this.#pending = []
    return text
  }
}

function invalid(path: string, message: string): LeapError {
  return new LeapError({
    code: 'PRODUCTS_INVALID',
    message: `${path}: ${message}`,
    remedy:
      'Expected one JSON array of products (items_shuffle*.json). If the download broke off, fetch the file again.',
  })
}
