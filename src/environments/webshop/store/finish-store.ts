import { join } from 'node:path'
import { FileWriter } from './file-writer.ts'
import { asinWidth } from './product-intake.ts'
import { readColumn } from './read-column.ts'
import { storeFiles } from './store-files.ts'

/** Writes what products are found by: their numbers sorted by ASIN, and by the hash of their title. */
export async function finishStore(folder: string, products: number): Promise<void> {
  const asins = Buffer.from(await readColumn(join(folder, storeFiles.asins), asinWidth * products))
  const compareAsins = (a: number, b: number) =>
    asins.compare(asins, b * asinWidth, (b + 1) * asinWidth, a * asinWidth, (a + 1) * asinWidth)
  writeColumn(join(folder, storeFiles.asinOrder), numbers(products).sort(compareAsins))
  const hashes = new Uint32Array(await readColumn(join(folder, storeFiles.titleHashes), 4 * products))
  const byHash = numbers(products).sort((a, b) => hashes[a]! - hashes[b]! || a - b)
  const pairs = new Uint32Array(2 * products)
  for (const [place, product] of byHash.entries()) {
    pairs[2 * place] = hashes[product]!
    pairs[2 * place + 1] = product
  }
  writeColumn(join(folder, storeFiles.titles), pairs)
}

const numbers = (count: number) => Uint32Array.from({ length: count }, (_, index) => index)

function writeColumn(path: string, values: Uint32Array<ArrayBuffer>): void {
  const writer = new FileWriter(path)
  writer.write(new Uint8Array(values.buffer))
  writer.close()
}
