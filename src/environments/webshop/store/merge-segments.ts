import { join } from 'node:path'
import { inverseNorms } from '../search/bm25.ts'
import { FileWriter } from './file-writer.ts'
import { blockSize, longestPosting, readPostings, writePosting } from './postings-code.ts'
import { SegmentReader, type SegmentTerm } from './segment-reader.ts'
import { storeFiles } from './store-files.ts'

export interface MergeOptions {
  readonly segments: readonly string[]
  /** Folder that gets the files. */
  readonly folder: string
  /** Length byte of each document. */
  readonly lengths: Uint8Array
  readonly meanLength: number
  /** Told how many bytes of the segments are merged; may wait, and may throw to stop. */
  readonly onProgress: (bytes: number) => Promise<void> | undefined
}

/** Merges sorted segments into the postings of the store: per term blocks of 128, each with the most that it can add to a score. */
export async function mergeSegments(options: MergeOptions): Promise<{ terms: number; postings: number }> {
  const writer = new PostingsWriter(options.folder, options.lengths, inverseNorms(options.meanLength))
  const readers = options.segments.map((path) => new SegmentReader(path))
  const counts = { terms: 0, postings: 0 }
  let bytes = 0
  try {
    const heads = readers.map((reader) => reader.next())
    for (;;) {
      const text = smallest(heads)
      if (text === undefined) break
      let count = 0
      for (const head of heads) if (head?.text === text) count += head.count
      writer.begin(text, count)
      for (const [i, head] of heads.entries()) {
        if (head?.text !== text) continue
        writer.append(head.postings, head.count)
        bytes += head.postings.length
        heads[i] = readers[i]!.next()
      }
      writer.end()
      counts.terms++
      counts.postings += count
      if (counts.terms % 1000 === 0) await options.onProgress(bytes)
    }
  } finally {
    for (const reader of readers) reader.close()
    writer.close()
  }
  return counts
}

function smallest(heads: readonly (SegmentTerm | undefined)[]): string | undefined {
  let text: string | undefined
  for (const head of heads) if (head !== undefined && (text === undefined || head.text < text)) text = head.text
  return text
}

class PostingsWriter {
  readonly #lengths: Uint8Array
  readonly #norms: Float32Array
  readonly #files: Record<
    'terms' | 'termPlaces' | 'termCounts' | 'postingPlaces' | 'postings' | 'blockLasts' | 'blockPlaces' | 'blockPeaks',
    FileWriter
  >
  #documents = new Uint32Array(1 << 16)
  #frequencies = new Uint32Array(1 << 16)
  #bytes = new Uint8Array(1 << 16)
  #size = 0
  readonly #integer = new Uint32Array(1)
  readonly #float = new Float32Array(1)
  readonly #double = new Float64Array(1)

  constructor(folder: string, lengths: Uint8Array, norms: Float32Array) {
    this.#lengths = lengths
    this.#norms = norms
    const open = (name: keyof typeof storeFiles) => new FileWriter(join(folder, storeFiles[name]))
    this.#files = {
      terms: open('terms'),
      termPlaces: open('termPlaces'),
      termCounts: open('termCounts'),
      postingPlaces: open('postingPlaces'),
      postings: open('postings'),
      blockLasts: open('blockLasts'),
      blockPlaces: open('blockPlaces'),
      blockPeaks: open('blockPeaks'),
    }
  }

  begin(text: string, count: number): void {
    this.#writeInteger('termPlaces', this.#files.terms.length)
    this.#writeDouble('postingPlaces', this.#files.postings.length)
    this.#writeInteger('termCounts', count)
    this.#files.terms.write(Buffer.from(text))
    this.#size = 0
    if (count <= this.#documents.length) return
    this.#documents = new Uint32Array(count)
    this.#frequencies = new Uint32Array(count)
    this.#bytes = new Uint8Array(count * longestPosting)
  }

  append(postings: Uint8Array, count: number): void {
    const documents = this.#documents.subarray(this.#size)
    readPostings(postings, 0, count, 0, documents, this.#frequencies.subarray(this.#size))
    this.#size += count
  }

  end(): void {
    let at = 0
    let before = 0
    for (let start = 0; start < this.#size; start += blockSize) {
      const end = Math.min(start + blockSize, this.#size)
      this.#writeInteger('blockPlaces', at)
      let peak = 0
      for (let i = start; i < end; i++) {
        const document = this.#documents[i]!
        const frequency = this.#frequencies[i]!
        at = writePosting(this.#bytes, at, document - before, frequency)
        before = document
        peak = Math.max(peak, Math.fround(frequency * this.#norms[this.#lengths[document]!]!))
      }
      this.#writeInteger('blockLasts', before)
      this.#float[0] = peak
      this.#files.blockPeaks.write(new Uint8Array(this.#float.buffer))
    }
    this.#files.postings.write(this.#bytes.subarray(0, at))
  }

  close(): void {
    this.#writeInteger('termPlaces', this.#files.terms.length)
    this.#writeDouble('postingPlaces', this.#files.postings.length)
    for (const file of Object.values(this.#files)) file.close()
  }

  #writeInteger(file: 'termPlaces' | 'termCounts' | 'blockLasts' | 'blockPlaces', value: number): void {
    this.#integer[0] = value
    this.#files[file].write(new Uint8Array(this.#integer.buffer))
  }

  #writeDouble(file: 'postingPlaces', value: number): void {
    this.#double[0] = value
    this.#files[file].write(new Uint8Array(this.#double.buffer))
  }
}
