import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../../support/random.ts'
import { loadShopData } from '../loading/load-shop-data.ts'
import { readAttributes, readInstructions } from '../loading/read-annotations.ts'
import { drawWord, randomRecords } from '../testing/random-records.ts'
import { type BuildStoreOptions, buildStore } from './build-store.ts'
import { openStore } from './open-store.ts'

const vocabulary = 3000
const rows = [...randomRecords({ count: 9000, seed: 1, vocabulary, words: 50 })]
// One that is skipped, one that comes twice, and two of one title.
const records: { asin: string; name: string }[] = rows.map(({ record }) => record)
records.splice(100, 0, { ...records[5]!, name: 'again' }, { ...records[6]!, asin: 'much-too-long' })
records[7000] = { ...records[7000]!, name: records[20]!.name.toUpperCase() }
const annotations = Object.fromEntries(rows.map(({ record, annotation }) => [record.asin, annotation]))
const requests = Object.fromEntries(
  [30, 8, 4000].map((place) => [
    rows[place]!.record.asin,
    [{ instruction: `i want ${place}.`, instruction_attributes: ['round'], instruction_options: ['red'] }],
  ]),
)

let folder: string
let options: BuildStoreOptions
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-store-'))
  const write = async (name: string, json: unknown) => {
    await writeFile(join(folder, name), JSON.stringify(json))
    return join(folder, name)
  }
  options = {
    products: await write('items_shuffle.json', records),
    attributes: await write('items_ins_v2.json', annotations),
    instructions: await write('items_human_ins.json', requests),
    folder: join(folder, 'store'),
    segmentPostings: 60_000,
  }
  await buildStore(options)
}, 120_000)
afterAll(() => rm(folder, { recursive: true }))

const inMemory = (isHuman: boolean) =>
  loadShopData({
    records,
    attributes: readAttributes(annotations, 'test'),
    ...(isHuman ? { instructions: readInstructions(requests, 'test') } : {}),
    priceSeed: 3,
  })

describe('a store', { timeout: 120_000 }, () => {
  it('has the products, prices, titles and goals that loading into memory gives', async () => {
    const store = await openStore(options.folder, { priceSeed: 3 })
    const { catalogue, goals } = inMemory(false)
    expect(store.size).toBe(9000)
    for (let index = 0; index < store.size; index += 7) {
      const product = catalogue.product(index)
      expect(store.product(index)).toEqual(product)
      expect(store.price(index)).toBe(catalogue.price(index))
      expect(store.indexOf(product.asin)).toBe(index)
      expect(store.indexOfTitle(product.title.toLowerCase())).toBe(catalogue.indexOfTitle(product.title.toLowerCase()))
    }
    expect(store.indexOfTitle(records[20]!.name.toLowerCase())).toBe(
      catalogue.indexOfTitle(records[20]!.name.toLowerCase()),
    )
    for (const asin of ['', 'B', 'ZZZZZZZZZZ', 'much-too-long']) expect(store.indexOf(asin)).toBeUndefined()
    expect(store.indexOfTitle('again')).toBeUndefined()
    expect(() => store.product(9000)).toThrow(RangeError)
    expect(await store.goals('synthetic')).toEqual(goals)
    expect(await store.goals('human')).toEqual(inMemory(true).goals)
    // The same ones again: asking does not draw on.
    expect(await store.goals('human')).toEqual(inMemory(true).goals)
    store.close()
  })

  it('finds exactly what scoring every posting finds, in the same order', async () => {
    const store = await openStore(options.folder)
    const { catalogue } = inMemory(false)
    const random = createRandom('queries')
    for (let i = 0; i < 300; i++) {
      const words = Array.from({ length: 1 + random.integer(15) }, () => drawWord(random, vocabulary))
      // Some words twice, some that no product has.
      if (i % 3 === 0) words.push(words[0]!, 'zzzzzz')
      const query = words.join(' ')
      const limit = i % 5 === 0 ? 7 : 50
      expect(store.search(query, limit), query).toEqual(catalogue.search(query, limit))
    }
    expect(store.search('', 50)).toEqual([])
    expect(store.search('the of', 50)).toEqual([])
    store.close()
  })

  it('is the same, byte by byte, after it was stopped again and again', async () => {
    const whole = await contents(options.folder)
    const stopped = { ...options, folder: join(folder, 'stopped') }
    let stops = 0
    let hasStoppedMerge = false
    for (;;) {
      // Asked for at every record, and at every thousandth term of the merge: the reading is stopped within the second segment.
      const phases: string[] = []
      let asked = 0
      const signal = {
        throwIfAborted() {
          asked++
          const isMerge = phases.includes('merge')
          if (isMerge && hasStoppedMerge) return
          hasStoppedMerge ||= isMerge
          if (isMerge || asked > 2000) throw new Error('stopped')
        },
      } as AbortSignal
      const building = buildStore({ ...stopped, signal, onProgress: ({ phase }) => phases.push(phase) })
      const end = await building.then(
        () => 'complete',
        (error: Error) => error.message,
      )
      if (end === 'complete') break
      expect(end).toBe('stopped')
      if (++stops > 50) throw new Error('never complete')
    }
    expect(stops).toBeGreaterThan(4)
    expect(await contents(stopped.folder)).toEqual(whole)
  })

  it('is left alone when it is complete, and refuses other files and damage', async () => {
    let calls = 0
    await buildStore({ ...options, onProgress: () => calls++ })
    expect(calls).toBe(0)
    await expect(buildStore({ ...options, limit: 10 })).rejects.toMatchObject({ code: 'STORE_DIFFERS' })
    await expect(openStore(folder)).rejects.toMatchObject({ code: 'STORE_MISSING' })
    const limited = { ...options, folder: join(folder, 'limited'), limit: 10 }
    expect((await buildStore(limited)).products).toBe(10)
    await writeFile(join(limited.folder, 'lengths.bin'), 'x')
    await expect(openStore(limited.folder)).rejects.toMatchObject({ code: 'STORE_INVALID' })
  })

  it('says which record cannot be read', async () => {
    const products = join(folder, 'bad.json')
    await writeFile(products, JSON.stringify([records[0], { ...records[1], name: 5 }]))
    await expect(buildStore({ ...options, products, folder: join(folder, 'bad') })).rejects.toThrow(
      /record 2: field "name"/,
    )
  })
})

async function contents(of: string): Promise<Record<string, string>> {
  const names = (await readdir(of)).sort()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await readFile(join(of, name))).toString('base64')] as const)),
  )
}
