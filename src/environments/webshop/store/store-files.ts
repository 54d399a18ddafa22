import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { LeapError } from '../../../contracts/error.ts'

/** Files of a store. All numbers are little-endian. */
export const storeFiles = {
  /** Written last: a folder without it is no store yet. */
  manifest: 'store.json',
  /** How far the building has come. */
  progress: 'building.json',
  /** Records of the products as JSON, one behind the other. */
  products: 'products.bin',
  /** Start of each product's record and the end of the last, 64-bit floats. */
  productPlaces: 'product-places.bin',
  /** ASINs in the products' order, 10 bytes each, padded with zeros. */
  asins: 'asins.bin',
  /** Numbers of the products sorted by ASIN. */
  asinOrder: 'asin-order.bin',
  /** Hashes of titles in lower case, in the products' order. */
  titleHashes: 'title-hashes.bin',
  /** The same hashes, sorted, each followed by the product's number. */
  titles: 'titles.bin',
  /** Price or lower end, and upper end or NaN, 64-bit floats. */
  pricing: 'pricing.bin',
  /** Number of terms of each product as Lucene's length byte. */
  lengths: 'lengths.bin',
  /** Terms one behind the other in sorted order, and their starts. */
  terms: 'terms.bin',
  termPlaces: 'term-places.bin',
  /** Documents of each term. */
  termCounts: 'term-counts.bin',
  /** Start of each term's postings and the end of the last, 64-bit floats. */
  postingPlaces: 'posting-places.bin',
  postings: 'postings.bin',
  /** Per block of 128 postings: its last document, its start within the term's postings, its greatest frequency * inverse norm. */
  blockLasts: 'block-lasts.bin',
  blockPlaces: 'block-places.bin',
  blockPeaks: 'block-peaks.bin',
  /** Requests that people wrote: `[product number, instructions]` each. */
  instructions: 'instructions.json',
} as const

const storeVersion = 1

const manifestSchema = z.object({
  version: z.literal(storeVersion),
  products: z.number().int().nonnegative(),
  terms: z.number().int().nonnegative(),
  postings: z.number().int().nonnegative(),
  /** Terms of all documents, repeats counted: the mean length comes from it. */
  totalLength: z.number().int().nonnegative(),
  /** Names and sizes of the files that it was made from. */
  sources: z.record(z.string(), z.number()),
})
export type StoreManifest = z.infer<typeof manifestSchema>

export const newManifest = (given: Omit<StoreManifest, 'version'>): StoreManifest => ({
  version: storeVersion,
  ...given,
})

/** @throws LeapError `STORE_MISSING` or `STORE_INVALID` */
export async function readManifest(folder: string): Promise<StoreManifest> {
  const path = join(folder, storeFiles.manifest)
  const remedy =
    'Make it with `leap data webshop <folder with the official files>`; a building that was stopped goes on.'
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new LeapError({
      code: 'STORE_MISSING',
      message: `${path}: expected a store, found none (${cause.message})`,
      remedy,
      cause,
    })
  })
  const parsed = manifestSchema.safeParse(parse(text))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const message = `${path}: field "${issue.path.join('.')}": ${issue.message}`
  throw new LeapError({ code: 'STORE_INVALID', message, remedy, cause: parsed.error })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
