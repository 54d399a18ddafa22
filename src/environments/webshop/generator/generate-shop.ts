import { createRandom, type Random } from '../../../support/random.ts'
import type { AttributeName } from './attributes.ts'
import { kinds } from './kinds/kinds.ts'
import { optionName } from './options.ts'
import { drawProduct, type GeneratedProduct, type ProductRecord } from './product-record.ts'
import { wordRequest } from './request.ts'

/** A shop in the three official files' formats. */
export interface ShopFiles {
  /** `items_shuffle*.json` */
  products: ProductRecord[]
  /** `items_ins_v2*.json` */
  attributes: Record<string, { attributes: string[]; instruction: string; instruction_attributes: string[] }>
  /** `items_human_ins.json` */
  instructions: Record<string, InstructionRecord[]>
}

interface InstructionRecord {
  asin: string
  instruction: string
  attributes: string[]
  options: string[]
  instruction_attributes: string[]
  instruction_options: string[]
  assignment_id: string
  worker_id: string
}

export interface ShopGeneratorOptions {
  seed: number
  /** Default 3,000. Every prefix of a larger shop is the smaller shop. */
  products?: number
  /** Requests per product. Default 3. */
  requests?: number
}

/** How many products a generated shop has unless told otherwise. */
export const defaultProductCount = 3000

/**
 * Makes a shop: products of fifty kinds with attributes, options and prices, and requests for them in the words of people. Some requests call a property
 * by its catalogue name and some describe it; all can be met exactly by the product that they were written for, and some by others.
 */
export function generateShop({ seed, products = defaultProductCount, requests = 3 }: ShopGeneratorOptions): ShopFiles {
  const files: ShopFiles = { products: [], attributes: {}, instructions: {} }
  const known = new Set<string>()
  for (let index = 0; index < products; index++) {
    const random = createRandom(seed, 'shop', index)
    const product = drawProduct(random.choice(kinds), drawAsin(random, known), random)
    const { asin } = product.record
    const asked = Array.from({ length: requests }, () => drawInstruction(product, random))
    const wanted = drawAttributes(product, random)
    files.products.push(product.record)
    files.attributes[asin] = {
      attributes: [...product.attributes],
      instruction: `Find me ${wanted.join(', ')} ${product.kind.noun}`,
      instruction_attributes: wanted,
    }
    files.instructions[asin] = asked
  }
  return files
}

/** `B0` and eight letters or digits, as the official ASINs. */
function drawAsin(random: Random, known: Set<string>): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
  for (;;) {
    const asin = `B0${Array.from({ length: 8 }, () => letters[random.integer(letters.length)]).join('')}`
    if (known.has(asin)) continue
    known.add(asin)
    return asin
  }
}

function drawAttributes({ attributes }: GeneratedProduct, random: Random): AttributeName[] {
  return random.shuffle(attributes).slice(0, random.next() < 0.4 ? 1 : 2)
}

function drawInstruction(product: GeneratedProduct, random: Random): InstructionRecord {
  const { record, kind } = product
  const attributes = drawAttributes(product, random)
  const options = product.options
    .filter(() => random.next() < 0.85)
    .map(({ family, values }) => ({ family, value: random.choice(values) }))
  return {
    asin: record.asin,
    instruction: wordRequest({ noun: kind.noun, attributes, options }, random),
    attributes: [...product.attributes],
    options: options.map(({ family, value }) => `${optionName(family)}: ${value}`),
    instruction_attributes: attributes,
    instruction_options: options.map(({ value }) => value),
    assignment_id: '',
    worker_id: '',
  }
}
