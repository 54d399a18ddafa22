import { readFile } from 'node:fs/promises'
import { LeapError } from '../../../contracts/error.ts'

/** The values of a large JSON object by key, parsed when asked for: all of them parsed at once would take gigabytes. */
export class ObjectIndex {
  readonly #path: string
  readonly #bytes: Buffer
  /** Key -> number of its entry. */
  readonly #entries = new Map<string, number>()
  /** Start and end of each entry's value. */
  readonly #places: Uint32Array

  private constructor(path: string, bytes: Buffer) {
    this.#path = path
    this.#bytes = bytes
    const places: number[] = []
    for (const { key, start, end } of entriesOf(bytes, path)) {
      // Of equal keys the last one counts, as in JSON.parse.
      this.#entries.set(key, places.length / 2)
      places.push(start, end)
    }
    this.#places = Uint32Array.from(places)
  }

  /** @throws LeapError `ANNOTATIONS_INVALID` if the file is no JSON object */
  static async open(path: string): Promise<ObjectIndex> {
    return new ObjectIndex(path, await readFile(path))
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: string): unknown {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    const [start, end] = [this.#places[2 * entry]!, this.#places[2 * entry + 1]!]
    try {
      return JSON.parse(this.#bytes.toString('utf8', start, end))
    } catch (cause) {
      throw invalid(this.#path, `the value of ${JSON.stringify(key)} is no JSON: ${(cause as Error).message}`)
    }
  }
}

const quote = 0x22
const backslash = 0x5c

function* entriesOf(bytes: Buffer, path: string): Generator<{ key: string; start: number; end: number }> {
  let i = skipSpace(bytes, bytes.length > 2 && bytes[0] === 0xef ? 3 : 0)
  if (bytes[i] !== 0x7b) throw invalid(path, `expected "{" at byte ${i}`)
  i = skipSpace(bytes, i + 1)
  while (bytes[i] !== 0x7d) {
    if (bytes[i] !== quote) throw invalid(path, `expected a key at byte ${i}`)
    const keyEnd = endOfString(bytes, i, path)
    const key = JSON.parse(bytes.toString('utf8', i, keyEnd)) as string
    i = skipSpace(bytes, keyEnd)
    if (bytes[i] !== 0x3a) throw invalid(path, `expected ":" at byte ${i}`)
    const start = skipSpace(bytes, i + 1)
    const end = endOfValue(bytes, start, path)
    yield { key, start, end }
    i = skipSpace(bytes, end)
    if (bytes[i] === 0x2c) i = skipSpace(bytes, i + 1)
    else if (bytes[i] !== 0x7d) throw invalid(path, `expected "," or "}" at byte ${i}`)
  }
}

function skipSpace(bytes: Buffer, from: number): number {
  let i = from
  while (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09) i++
  return i
}

function endOfString(bytes: Buffer, from: number, path: string): number {
  for (let i = from + 1; i < bytes.length; i++) {
    if (bytes[i] === backslash) i++
    else if (bytes[i] === quote) return i + 1
  }
  throw invalid(path, `expected the end of the text that starts at byte ${from}, found the end of the file`)
}

function endOfValue(bytes: Buffer, from: number, path: string): number {
  let depth = 0
  for (let i = from; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === quote) i = endOfString(bytes, i, path) - 1
    else if (byte === 0x7b || byte === 0x5b) depth++
    else if (byte === 0x7d || byte === 0x5d) {
      if (depth === 0) return i
      depth--
      if (depth === 0) return i + 1
    } else if (byte === 0x2c && depth === 0) return i
  }
  throw invalid(path, `expected the end of the value that starts at byte ${from}, found the end of the file`)
}

function invalid(path: string, message: string): LeapError {
  return new LeapError({
    code: 'ANNOTATIONS_INVALID',
    message: `${path}: ${message}`,
    remedy: 'Expected one JSON object by ASIN. If the download broke off, fetch the file again.',
  })
}
