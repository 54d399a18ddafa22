import type { Product } from '../product.ts'

/** A product as the store keeps it, with the request that synthetic goals are made from. */
export interface StoredProduct {
  readonly product: Product
  readonly instruction?: string
  readonly instructionAttributes?: readonly string[]
}

/** The record's bytes: an array, so that field names are not repeated a million times. */
export function encodeProduct({ product, instruction, instructionAttributes }: StoredProduct): Buffer {
  const fields: unknown[] = [
    product.asin,
    product.title,
    product.description,
    product.bulletPoints,
    product.attributes,
    product.options.map(({ name, values }) => [name, values]),
    product.pricing,
    product.priceTag,
    product.category,
    product.query,
    product.productCategory,
    product.mainImage,
  ]
  if (instruction !== undefined) fields.push(instruction, instructionAttributes ?? [])
  return Buffer.from(JSON.stringify(fields))
}

type Fields = [
  string,
  string,
  string,
  string[],
  string[],
  [string, string[]][],
  number[],
  string,
  string,
  string,
  string,
  string,
  string?,
  string[]?,
]

export function decodeProduct(text: string): StoredProduct {
  const fields = JSON.parse(text) as Fields
  const [asin, title, description, bulletPoints, attributes, options, pricing, priceTag, category, query] = fields
  const [productCategory, mainImage, instruction, instructionAttributes] = fields.slice(10) as [
    string,
    string,
    string?,
    string[]?,
  ]
  const product: Product = {
    asin,
    title,
    description,
    bulletPoints,
    attributes,
    options: options.map(([name, values]) => ({ name, values })),
    pricing,
    priceTag,
    category,
    query,
    productCategory,
    mainImage,
  }
  return instruction === undefined
    ? { product }
    : { product, instruction, instructionAttributes: instructionAttributes ?? [] }
}
