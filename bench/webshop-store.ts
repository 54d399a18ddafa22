import { once } from 'node:events'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildStore } from '../src/environments/webshop/store/build-store.ts'
import { openStore, type Store } from '../src/environments/webshop/store/open-store.ts'
import { drawWord, randomRecords } from '../src/environments/webshop/testing/random-records.ts'
import { createRandom } from '../src/support/random.ts'

const vocabulary = 2_000_000
const queries = 1000
const checked = 25
const hits = 50

/**
 * Makes a catalogue of the full one's size (LEAP_BENCH_PRODUCTS products, default 1.2 million), builds its store, opens it and searches. Files stay in
 * LEAP_BENCH_FOLDER if that is set, and what is there is used again.
 */
export async function run(print: (line: string) => void): Promise<void> {
  const count = Number(process.env.LEAP_BENCH_PRODUCTS ?? 1_200_000)
  const kept = process.env.LEAP_BENCH_FOLDER
  const folder = join(kept ?? tmpdir(), `leap-webshop-${count}`)
  try {
    await mkdir(folder, { recursive: true })
    const files = await writeCatalogue(folder, count, print)
    await build(files, join(folder, 'store'), print)
    await measureStore(join(folder, 'store'), print)
  } finally {
    if (kept === undefined) await rm(folder, { recursive: true, force: true })
  }
}

async function writeCatalogue(folder: string, count: number, print: (line: string) => void) {
  const files = { products: join(folder, 'items_shuffle.json'), attributes: join(folder, 'items_ins_v2.json') }
  if (!existsSync(files.products)) {
    const writers = [files.products, files.attributes].map((path) =>
      createWriteStream(`${path}.part`, { highWaterMark: 1 << 22 }),
    )
    const write = async (writer: number, text: string) => {
      if (!writers[writer]!.write(text)) await once(writers[writer]!, 'drain')
    }
    let separator = ''
    for (const { record, annotation } of randomRecords({ count, seed: 1, vocabulary, words: 98 })) {
      await write(0, `${separator === '' ? '[' : ','}${JSON.stringify(record)}`)
      await write(1, `${separator === '' ? '{' : ','}"${record.asin}":${JSON.stringify(annotation)}`)
      separator = ','
    }
    await write(0, ']')
    await write(1, '}')
    for (const writer of writers) {
      writer.end()
      await once(writer, 'finish')
    }
    await rename(`${files.attributes}.part`, files.attributes)
    await rename(`${files.products}.part`, files.products)
  }
  const [products, attributes] = await Promise.all([stat(files.products), stat(files.attributes)])
  print(
    `webshop store: ${count.toLocaleString('en')} generated products, ${gigabytes(products.size)} and ${gigabytes(attributes.size)} GB of JSON`,
  )
  return files
}

async function build(files: { products: string; attributes: string }, folder: string, print: (line: string) => void) {
  if (existsSync(join(folder, 'store.json'))) return
  const clock = stopwatch()
  const phases = new Map<string, number>()
  const manifest = await buildStore({
    ...files,
    folder,
    onProgress: ({ phase }) => {
      if (!phases.has(phase)) phases.set(phase, clock().processor)
    },
  })
  const { wall, processor } = clock()
  const names = await readdir(folder)
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size))
  print(
    `  built in ${wall.toFixed(0)} s (${processor.toFixed(0)} s of processor time: merge from ${phases.get('merge')?.toFixed(0)}, finish from ${phases.get('finish')?.toFixed(0)}),` +
      ` at most ${gigabytes(process.resourceUsage().maxRSS * 1024)} GB resident, ${gigabytes(sizes.reduce((sum, size) => sum + size, 0))} GB on disk`,
  )
  print(`  ${manifest.terms.toLocaleString('en')} terms, ${manifest.postings.toLocaleString('en')} postings`)
}

async function measureStore(folder: string, print: (line: string) => void): Promise<void> {
  const clock = stopwatch()
  const store = await openStore(folder)
  const opened = clock()
  print(`  opened in ${opened.wall.toFixed(2)} s (${opened.processor.toFixed(2)} s of processor time)`)
  const texts = Array.from({ length: queries }, (_, i) => drawQuery(store, i))
  for (const text of texts.slice(0, 20)) store.search(text, hits)
  const times = texts.map((text) => {
    const start = stopwatch()
    store.search(text, hits)
    const { wall, processor } = start()
    return { wall: 1000 * wall, processor: 1000 * processor }
  })
  for (const unit of ['processor', 'wall'] as const) {
    const sorted = times.map((time) => time[unit]).sort((a, b) => a - b)
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(1)
    print(
      `  search, ms ${unit === 'wall' ? 'by the clock' : 'of processor time'}: median ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, most ${at(1)} (${queries} queries)`,
    )
  }
  let same = 0
  for (const text of texts.slice(0, checked)) {
    // With as many hits as products, nothing can be passed over.
    const all = store.search(text, store.size)
    if (JSON.stringify(all.slice(0, hits)) === JSON.stringify(store.search(text, hits))) same++
  }
  print(`  ${same} of ${checked} results the same as when every posting is scored`)
  store.close()
}

/** Words of a product, as a request has them, among words of any frequency. */
function drawQuery(store: Store, seed: number): string {
  const random = createRandom(seed, 'webshop-query')
  const product = store.product(random.integer(store.size))
  const own = `${product.title} ${product.bulletPoints[0]}`.split(' ')
  return Array.from({ length: 4 + random.integer(13) }, () =>
    random.next() < 0.7 ? random.choice(own) : drawWord(random, vocabulary),
  ).join(' ')
}

function stopwatch(): () => { wall: number; processor: number } {
  const wall = performance.now()
  const usage = process.threadCpuUsage()
  return () => {
    const { user, system } = process.threadCpuUsage(usage)
    return { wall: (performance.now() - wall) / 1000, processor: (user + system) / 1e6 }
  }
}

const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(2)
