import { z } from 'zod'
import { LeapError } from '../../../contracts/error.ts'
import type { Product, ProductOption } from '../product.ts'
import { strip } from '../python/python-text.ts'
import { readPrice } from './read-price.ts'

const optionValueSchema = z.object({ value: z.string() })

/** The fields of a record of `items_shuffle*.json` that WebShop uses; other fields are let through unread. */
const recordSchema = z.object({
  asin: z.string(),
  name: z.string(),
  category: z.string(),
  query: z.string(),
  product_category: z.string(),
  full_description: z.string(),
  small_description: z.union([z.string(), z.array(z.string())]),
  pricing: z.string().nullish(),
  images: z.array(z.string().nullable()).nullish(),
  customization_options: z
    .union([z.literal(''), z.record(z.string(), z.array(optionValueSchema).nullable())])
    .nullish(),
})

/** Takes in attributes as `items_ins_v2*.json` gives them; undefined where the file does not know the product. */
export type AttributeLookup = (asin: string) => readonly string[] | undefined

const unknownAttributes = ['DUMMY_ATTR']

/**
 * The product that a record of `items_shuffle*.json` describes (engine.load_products), or undefined for one that WebShop skips
 * because of its ASIN. Whether the ASIN was seen before is the caller's to know.
 *
 * @param where file and place of the record, for errors
 * @throws LeapError `PRODUCT_INVALID` naming the field
 */
export function readProduct(record: unknown, attributesOf: AttributeLookup, where: string): Product | undefined {
  const parsed = recordSchema.safeParse(record)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw invalid(where, `field "${issue.path.join('.')}": ${issue.message}`, parsed.error)
  }
  const { data } = parsed
  if (data.asin === 'nan' || [...data.asin].length > 10) return undefined
  const price = readPrice(data.pricing)
  if (price === undefined)
    throw invalid(where, `field "pricing": expected prices such as "$10.99", found ${JSON.stringify(data.pricing)}`)
  return {
    asin: data.asin,
    title: data.name,
    description: data.full_description,
    bulletPoints: typeof data.small_description === 'string' ? [data.small_description] : data.small_description,
    attributes: attributesOf(data.asin) ?? unknownAttributes,
    options: readOptions(data.customization_options),
    ...price,
    category: data.category,
    query: strip(data.query.toLowerCase()),
    productCategory: data.product_category,
    mainImage: data.images?.[0] ?? '',
  }
}

function readOptions(source: z.infer<typeof recordSchema>['customization_options']): ProductOption[] {
  const options = new Map<string, readonly string[]>()
  // Two names that differ in case only are one option: its place is the first's, its values are the last's.
  for (const [name, values] of Object.entries(source || {})) {
    if (values !== null) options.set(name.toLowerCase(), values.map(readValue))
  }
  return Array.from(options, ([name, values]) => ({ name, values }))
}

const readValue = ({ value }: { value: string }) => strip(value).replaceAll('/', ' | ').toLowerCase()

function invalid(where: string, message: string, cause?: unknown): LeapError {
  return new LeapError({
    code: 'PRODUCT_INVALID',
    message: `${where}: ${message}`,
    remedy: 'Expected a record of the official items_shuffle*.json, or of a file in its format.',
    cause,
  })
}
