import { mkdirSync } from 'node:fs'
import { readFile, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LeapError } from '../../../contracts/error.ts'
import { writeFileAtomic } from '../../../support/atomic-file.ts'
import { breathe } from '../../../support/breathe.ts'
import { readInstructions } from '../loading/read-annotations.ts'
import { type BuildProgress, readProgress } from './build-progress.ts'
import { finishStore } from './finish-store.ts'
import { mergeSegments } from './merge-segments.ts'
import { ObjectIndex } from './object-index.ts'
import { ProductIntake } from './product-intake.ts'
import { splitJsonArray } from './split-json-array.ts'
import { newManifest, readManifest, type StoreManifest, storeFiles } from './store-files.ts'

export interface BuildStoreOptions {
  /** `items_shuffle*.json`, however large. */
  readonly products: string
  /** `items_ins_v2*.json`. */
  readonly attributes: string
  /** `items_human_ins.json`, for human goals. */
  readonly instructions?: string
  /** Folder of the store. */
  readonly folder: string
  /** Only the first records of the file. */
  readonly limit?: number
  /** Postings held in memory before they are written as a segment; the measure of memory and of what a stop costs. Default 6 million. */
  readonly segmentPostings?: number
  readonly onProgress?: (progress: BuildState) => void
  readonly signal?: AbortSignal
}

/** How far the building is. */
export interface BuildState {
  readonly phase: 'read' | 'merge' | 'finish'
  /** Bytes of the products file, or of the segments. */
  readonly done: number
  readonly total: number
  readonly products: number
}

/**
 * Makes a store of WebShop's files: products in a form that is read one by one, and the search index on disk. Memory does not grow with the number of
 * products beyond some hundred bytes each. When it is stopped or killed, the next call goes on behind the last segment; files of a
 * store that is complete are left alone.
 *
 * @throws LeapError `PRODUCTS_INVALID`, `PRODUCT_INVALID`, `ANNOTATIONS_INVALID`, `STORE_DIFFERS`
 */
export async function buildStore(options: BuildStoreOptions): Promise<StoreManifest> {
  const { folder, signal } = options
  const sources = await describeSources(options)
  const complete = await readManifest(folder).catch(() => undefined)
  if (complete !== undefined) return sameSources(folder, complete.sources, sources, () => complete)
  mkdirSync(folder, { recursive: true })
  const found = await readProgress(folder)
  const progress = found && sameSources(folder, found.sources, sources, () => found)
  const pause = () => {
    signal?.throwIfAborted()
    return breathe()
  }
  const read = progress?.isRead ? progress : await readProducts(options, sources, progress, pause)
  const manifest = await writeIndex(options, read, pause)
  await writeInstructions(options, folder)
  await writeFileAtomic(join(folder, storeFiles.manifest), `${JSON.stringify(manifest, null, 2)}\n`)
  for (const name of segmentNames(read.segments)) await rm(join(folder, name), { force: true })
  await rm(join(folder, storeFiles.progress), { force: true })
  return manifest
}

const segmentNames = (count: number) => Array.from({ length: count }, (_, i) => `segment-${i}.bin`)

/** First phase: records, columns, segments. */
async function readProducts(
  {
    products,
    attributes,
    folder,
    limit = Number.POSITIVE_INFINITY,
    segmentPostings = 6_000_000,
    onProgress,
  }: BuildStoreOptions,
  sources: Record<string, number>,
  start: BuildProgress | undefined,
  pause: () => Promise<void> | undefined,
): Promise<BuildProgress> {
  const annotations = await ObjectIndex.open(attributes)
  const intake = new ProductIntake(folder, annotations, start)
  const total = (await stat(products)).size
  let records = start?.records ?? 0
  let offset = start?.offset ?? 0
  let segments = start?.segments ?? 0
  const save = async (isRead: boolean) => {
    if (intake.postings > 0) intake.writeSegment(join(folder, `segment-${segments++}.bin`))
    const progress: BuildProgress = { sources, offset, records, segments, isRead, ...intake.checkpoint() }
    await writeFileAtomic(join(folder, storeFiles.progress), JSON.stringify(progress))
    return progress
  }
  try {
    for await (const batch of splitJsonArray(products, offset)) {
      for (const { text, end } of batch) {
        if (records >= limit) break
        records++
        intake.add(text, `${products}, record ${records}`)
        offset = end
        await pause()
        if (intake.postings >= segmentPostings) await save(false)
      }
      onProgress?.({ phase: 'read', done: offset, total, products: intake.products })
      if (records >= limit) break
    }
    return await save(true)
  } finally {
    intake.close()
  }
}

/** Second and third phase: the index, and what products are found by. */
async function writeIndex(
  { folder, onProgress }: BuildStoreOptions,
  read: BuildProgress,
  pause: () => Promise<void> | undefined,
): Promise<StoreManifest> {
  const { products, totalLength, sources } = read
  const paths = segmentNames(read.segments).map((name) => join(folder, name))
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const counts = await mergeSegments({
    segments: paths,
    folder,
    lengths: await readFile(join(folder, storeFiles.lengths)),
    meanLength: totalLength / products,
    onProgress: (done) => {
      onProgress?.({ phase: 'merge', done, total, products })
      return pause()
    },
  })
  onProgress?.({ phase: 'finish', done: 0, total: products, products })
  await finishStore(folder, products)
  return newManifest({ products, ...counts, totalLength, sources })
}

async function writeInstructions({ instructions }: BuildStoreOptions, folder: string): Promise<void> {
  if (instructions === undefined) return
  const text = await readFile(instructions, 'utf8')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    const message = `${instructions}: expected JSON, found ${(cause as Error).message}`
    throw new LeapError({ code: 'ANNOTATIONS_INVALID', message, remedy: 'Fetch the file again.', cause })
  }
  const rows = Array.from(readInstructions(json, instructions))
  await writeFileAtomic(join(folder, storeFiles.instructions), JSON.stringify(rows))
}

async function describeSources(options: BuildStoreOptions): Promise<Record<string, number>> {
  const paths = [options.products, options.attributes, ...(options.instructions ? [options.instructions] : [])]
  const entries = await Promise.all(
    paths.map(async (path) => {
      const { size } = await stat(path).catch((cause: Error) => {
        throw new LeapError({ code: 'DATA_MISSING', message: `${path}: cannot be read: ${cause.message}`, cause })
      })
      return [basename(path), size] as const
    }),
  )
  return Object.fromEntries(options.limit === undefined ? entries : [...entries, ['first records', options.limit]])
}

/** Goes on only with a store of the same files. */
function sameSources<T>(
  folder: string,
  before: Record<string, number>,
  now: Record<string, number>,
  result: () => T,
): T {
  const describe = (sources: Record<string, number>) =>
    Object.entries(sources)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, size]) => `${name} ${size}`)
      .join(', ')
  if (describe(before) === describe(now)) return result()
  throw new LeapError({
    code: 'STORE_DIFFERS',
    message: `${folder}: expected a store of (${describe(now)}), found one of (${describe(before)})`,
    remedy: 'Delete that folder, or choose another one with --out.',
  })
}
