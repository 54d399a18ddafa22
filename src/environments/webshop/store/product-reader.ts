import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { readColumn } from './read-column.ts'
import { storeFiles } from './store-files.ts'
import { decodeProduct, type StoredProduct } from './stored-product.ts'

/** Reads products of a store one by one; the last ones stay in memory. */
export class ProductReader {
  readonly #file: number
  readonly #places: Float64Array
  readonly #kept = new Map<number, StoredProduct>()
  readonly #limit = 4096

  private constructor(file: number, places: Float64Array) {
    this.#file = file
    this.#places = places
  }

  static async open(folder: string, products: number): Promise<ProductReader> {
    const starts = new Float64Array(await readColumn(join(folder, storeFiles.productPlaces), 8 * products))
    const file = openSync(join(folder, storeFiles.products), 'r')
    const places = new Float64Array(products + 1)
    places.set(starts)
    places[products] = fstatSync(file).size
    return new ProductReader(file, places)
  }

  read(index: number): StoredProduct {
    let stored = this.#kept.get(index)
    if (stored !== undefined) {
      // Taken out and put back, so that the first of the map is the one unused for longest.
      this.#kept.delete(index)
    } else {
      stored = decodeProduct(this.#text(index))
      if (this.#kept.size >= this.#limit) this.#kept.delete(this.#kept.keys().next().value!)
    }
    this.#kept.set(index, stored)
    return stored
  }

  close(): void {
    closeSync(this.#file)
  }

  #text(index: number): string {
    const end = this.#places[index + 1]
    if (end === undefined || index < 0)
      throw new RangeError(`expected a product below ${this.#places.length - 1}, found ${index}`)
    const start = this.#places[index]!
    const bytes = Buffer.allocUnsafe(end - start)
    readSync(this.#file, bytes, 0, bytes.length, start)
    return bytes.toString()
  }
}
