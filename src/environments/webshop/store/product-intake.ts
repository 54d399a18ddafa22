import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LeapError } from '../../../contracts/error.ts'
import type { ProductAttributes } from '../loading/read-annotations.ts'
import { readProduct } from '../loading/read-product.ts'
import type { Product } from '../product.ts'
import { analyze } from '../search/analyze.ts'
import { documentText } from '../search/document-text.ts'
import { encodeLength } from '../search/length-norm.ts'
import { FileWriter } from './file-writer.ts'
import type { ObjectIndex } from './object-index.ts'
import { SegmentWriter } from './segment-writer.ts'
import { storeFiles } from './store-files.ts'
import { encodeProduct } from './stored-product.ts'
import { hashTitle } from './title-index.ts'

/** Bytes of an ASIN in the column of ASINs. */
export const asinWidth = 10

interface IntakeStart {
  readonly products: number
  readonly productBytes: number
  readonly totalLength: number
}

/** Takes records in: one after the other into the files of the store, their terms into a segment. */
export class ProductIntake {
  readonly #annotations: ObjectIndex
  readonly #segment = new SegmentWriter()
  readonly #files: Record<'products' | 'productPlaces' | 'asins' | 'titleHashes' | 'pricing' | 'lengths', FileWriter>
  readonly #seen: Set<string>
  #products: number
  #totalLength: number

  constructor(
    folder: string,
    annotations: ObjectIndex,
    start: IntakeStart = { products: 0, productBytes: 0, totalLength: 0 },
  ) {
    this.#annotations = annotations
    this.#products = start.products
    this.#totalLength = start.totalLength
    this.#seen = readAsins(join(folder, storeFiles.asins), start.products)
    const open = (name: keyof typeof storeFiles, length: number) =>
      new FileWriter(join(folder, storeFiles[name]), length)
    this.#files = {
      products: open('products', start.productBytes),
      productPlaces: open('productPlaces', 8 * start.products),
      asins: open('asins', asinWidth * start.products),
      titleHashes: open('titleHashes', 4 * start.products),
      pricing: open('pricing', 16 * start.products),
      lengths: open('lengths', start.products),
    }
  }

  /** Products taken in. */
  get products(): number {
    return this.#products
  }

  /** Postings of the present segment. */
  get postings(): number {
    return this.#segment.size
  }

  /** @param where file and place of the record, for errors */
  add(text: string, where: string): void {
    const record = parse(text, where)
    let known: ProductAttributes | undefined
    const product = readProduct(
      record,
      (asin) => (known = this.#annotations.get(asin) as ProductAttributes | undefined)?.attributes,
      where,
    )
    if (product === undefined || this.#seen.has(product.asin)) return
    this.#seen.add(product.asin)
    const asin = Buffer.alloc(asinWidth)
    if (Buffer.byteLength(product.asin) > asinWidth)
      throw new LeapError({
        code: 'PRODUCT_INVALID',
        message: `${where}: field "asin": expected at most 10 bytes, found ${product.asin}`,
      })
    asin.write(product.asin)
    this.#files.asins.write(asin)
    this.#write(product, known)
    const terms = analyze(documentText(product))
    this.#files.lengths.write(Uint8Array.of(encodeLength(terms.length)))
    this.#segment.add(this.#products++, terms)
    this.#totalLength += terms.length
  }

  writeSegment(path: string): void {
    this.#segment.write(path)
  }

  /** Makes sure that everything is on disk, and says where to go on. */
  checkpoint(): IntakeStart {
    for (const file of Object.values(this.#files)) file.sync()
    return { products: this.#products, productBytes: this.#files.products.length, totalLength: this.#totalLength }
  }

  close(): void {
    for (const file of Object.values(this.#files)) file.close()
  }

  #write(product: Product, known: ProductAttributes | undefined): void {
    this.#files.productPlaces.write(new Uint8Array(Float64Array.of(this.#files.products.length).buffer))
    this.#files.titleHashes.write(new Uint8Array(Uint32Array.of(hashTitle(product.title.toLowerCase())).buffer))
    const [low, high] = product.pricing
    this.#files.pricing.write(new Uint8Array(Float64Array.of(low!, high ?? Number.NaN).buffer))
    const instruction = known?.instruction
    this.#files.products.write(
      encodeProduct(
        instruction === undefined || instruction === null
          ? { product }
          : { product, instruction, instructionAttributes: known?.instruction_attributes ?? [] },
      ),
    )
  }
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const message = `${where}: expected a JSON object, found ${(cause as Error).message}`
    throw new LeapError({ code: 'PRODUCTS_INVALID', message, remedy: 'Fetch the file again.', cause })
  }
}

function readAsins(path: string, count: number): Set<string> {
  if (count === 0) return new Set()
  const bytes = readFileSync(path)
  return new Set(Array.from({ length: count }, (_, index) => asinAt(bytes, index)))
}

/** The ASIN of a product in the column of ASINs. */
export function asinAt(bytes: Buffer, index: number): string {
  let end = (index + 1) * asinWidth
  while (end > index * asinWidth && bytes[end - 1] === 0) end--
  return bytes.toString('utf8', index * asinWidth, end)
}
