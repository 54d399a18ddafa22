import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { blockSize } from './postings-code.ts'
import { readColumn } from './read-column.ts'
import { type StoreManifest, storeFiles } from './store-files.ts'
import { TermDictionary } from './term-dictionary.ts'

/** Where the postings of a term are. */
export interface PostingList {
  /** Documents that have the term. */
  readonly count: number
  /** Numbers of its blocks: [first, behind last). */
  readonly firstBlock: number
  readonly endBlock: number
  readonly bytes: Uint8Array
}

/** Bytes of postings that stay in memory. */
const keptBytes = 128 * 2 ** 20

/** The postings of a store: the dictionary and the blocks' outlines in memory, the postings read when a query needs them. */
export class PostingLists {
  readonly #dictionary: TermDictionary
  readonly #counts: Uint32Array
  readonly #places: Float64Array
  /** First block of each term, and the end of the last. */
  readonly #firstBlocks: Uint32Array
  readonly blockLasts: Uint32Array
  readonly blockPlaces: Uint32Array
  readonly blockPeaks: Float32Array
  readonly #file: number
  readonly #kept = new Map<number, PostingList>()
  #keptBytes = 0

  private constructor(
    columns: Record<
      'terms' | 'termPlaces' | 'termCounts' | 'postingPlaces' | 'blockLasts' | 'blockPlaces' | 'blockPeaks',
      ArrayBuffer
    >,
    file: number,
  ) {
    this.#dictionary = new TermDictionary(Buffer.from(columns.terms), new Uint32Array(columns.termPlaces))
    this.#counts = new Uint32Array(columns.termCounts)
    this.#places = new Float64Array(columns.postingPlaces)
    this.blockLasts = new Uint32Array(columns.blockLasts)
    this.blockPlaces = new Uint32Array(columns.blockPlaces)
    this.blockPeaks = new Float32Array(columns.blockPeaks)
    this.#file = file
    this.#firstBlocks = new Uint32Array(this.#counts.length + 1)
    for (const [term, count] of this.#counts.entries())
      this.#firstBlocks[term + 1] = this.#firstBlocks[term]! + Math.ceil(count / blockSize)
  }

  static async open(folder: string, { terms }: StoreManifest): Promise<PostingLists> {
    const read = (name: keyof typeof storeFiles, bytes?: number) => readColumn(join(folder, storeFiles[name]), bytes)
    const columns = {
      terms: await read('terms'),
      termPlaces: await read('termPlaces', 4 * (terms + 1)),
      termCounts: await read('termCounts', 4 * terms),
      postingPlaces: await read('postingPlaces', 8 * (terms + 1)),
      blockLasts: await read('blockLasts'),
      blockPlaces: await read('blockPlaces'),
      blockPeaks: await read('blockPeaks'),
    }
    return new PostingLists(columns, openSync(join(folder, storeFiles.postings), 'r'))
  }

  find(text: string): PostingList | undefined {
    const term = this.#dictionary.find(text)
    return term === undefined ? undefined : this.#read(term)
  }

  close(): void {
    closeSync(this.#file)
  }

  #read(term: number): PostingList {
    let list = this.#kept.get(term)
    // Taken out and put back, so that the first of the map is the one unused for longest.
    if (list !== undefined) this.#kept.delete(term)
    else {
      const start = this.#places[term]!
      const bytes = new Uint8Array(this.#places[term + 1]! - start)
      readSync(this.#file, bytes, 0, bytes.length, start)
      list = {
        count: this.#counts[term]!,
        firstBlock: this.#firstBlocks[term]!,
        endBlock: this.#firstBlocks[term + 1]!,
        bytes,
      }
      this.#keptBytes += bytes.length
    }
    this.#kept.set(term, list)
    for (const [oldest, { bytes }] of this.#kept) {
      if (this.#keptBytes <= keptBytes || oldest === term) break
      this.#kept.delete(oldest)
      this.#keptBytes -= bytes.length
    }
    return list
  }
}
