import type { Random } from '../../../support/random.ts'
import { type AttributeName, attributes } from './attributes.ts'
import type { Kind } from './kinds/kind.ts'
import { type OptionFamily, optionFamilies, optionName } from './options.ts'

/** A product in the fields of the official products file that WebShop reads. */
export interface ProductRecord {
  asin: string
  name: string
  full_description: string
  small_description: string[]
  pricing: string
  images: string[]
  product_category: string
  average_rating: string
  /** By option name; an empty text where nothing can be chosen, as in the official file. */
  customization_options: '' | Record<string, { value: string; is_selected: boolean }[]>
  category: string
  query: string
  page: number
}

/** A product with what its record does not say. */
export interface GeneratedProduct {
  record: ProductRecord
  kind: Kind
  attributes: AttributeName[]
  /** What can be chosen: values in stock. */
  options: { family: OptionFamily; values: string[] }[]
}

const brands = [
  ...[
    'Northvale',
    'Brightwell',
    'Oakmere',
    'Lumora',
    'Tidefall',
    'Kestrel',
    'Amberly',
    'Fernhill',
    'Solara',
    'Westmoor',
  ],
  ...[
    'Pinecrest',
    'Velora',
    'Harborline',
    'Quillon',
    'Marlowe',
    'Evenwood',
    'Cobalt',
    'Juniper',
    'Stonegate',
    'Willowby',
  ],
]

/** Draws a product of a kind. `asin` has to be new. */
export function drawProduct(kind: Kind, asin: string, random: Random): GeneratedProduct {
  const count = 3 + random.integer(3)
  const chosen = random.shuffle(kind.attributes).filter(withoutContradiction()).slice(0, count)
  const options = kind.options.map((family) => {
    const all: readonly string[] = optionFamilies[family].values
    const shuffled = random.shuffle(all)
    const count = Math.min(all.length, 7 + random.integer(6))
    const made = new Set(shuffled.slice(0, count))
    const stocked = new Set(shuffled.slice(0, Math.max(2, Math.round(count * (0.2 + 0.3 * random.next())))))
    return {
      family,
      made: all.filter((value) => made.has(value)),
      values: all.filter((value) => stocked.has(value)),
    }
  })
  const inTitle = chosen.slice(0, 1 + random.integer(2))
  const [lowest, highest] = kind.prices
  const price = lowest + Math.floor((highest - lowest) * random.next() ** 1.5) + random.choice([0.99, 0.95, 0.49, 0])
  const record: ProductRecord = {
    asin,
    name: titleOf(kind, random.choice(brands), inTitle, random),
    full_description: `${describe(kind, chosen, random)}${tellRange(options)}`,
    small_description: random.shuffle(chosen).map((name) => attributes[name].feature),
    // A tenth of the prices are ranges, as some sellers give them.
    pricing: random.next() < 0.1 ? `$${price.toFixed(2)}$${(price * 1.2).toFixed(2)}` : `$${price.toFixed(2)}`,
    images: [],
    product_category: kind.path,
    average_rating: '',
    customization_options: Object.fromEntries(
      options.map(({ family, values }) => [
        optionName(family),
        values.map((value, index) => ({ value, is_selected: index === 0 })),
      ]),
    ),
    category: kind.category,
    query: kind.noun,
    page: 1 + random.integer(20),
  }
  return { record, kind, attributes: chosen, options: options.map(({ family, values }) => ({ family, values })) }
}

/**
 * What a product is made in, stocked or not, as descriptions tell: the search finds sold-out values too, so whether one can be had shows on the product's
 * page alone.
 */
function tellRange(options: readonly { family: OptionFamily; made: readonly string[] }[]): string {
  return options.map(({ family, made }) => ` Made in ${optionName(family)} ${made.join(', ')}.`).join('')
}

const contradictions: AttributeName[][] = [
  ['long sleeve', 'short sleeve'],
  ['slim fit', 'loose fit'],
  ['heavy duty', 'light weight'],
  ['fragrance free', 'tea tree'],
]

/** Keeps of each pair of opposites the one that comes first. */
function withoutContradiction(): (name: AttributeName) => boolean {
  const taken = new Set<AttributeName>()
  return (name) => {
    if (contradictions.some((pair) => pair.includes(name) && pair.some((other) => taken.has(other)))) return false
    taken.add(name)
    return true
  }
}

function titleOf({ noun, extras }: Kind, brand: string, inTitle: readonly string[], random: Random): string {
  const extra = random.next() < 0.5 ? ` ${random.choice(extras)}` : ''
  const [first, second] = inTitle
  const head = random.next() < 0.4 ? `${first} ${noun}` : `${noun}${extra}, ${first}`
  return capitalise(`${brand} ${head}${second === undefined ? '' : `, ${second}`}`)
}

function describe({ noun, extras }: Kind, chosen: readonly string[], random: Random): string {
  const told = chosen.filter(() => random.next() < 0.8)
  const end = told.length > 0 ? `: ${told.join(', ')}` : ''
  return `${capitalise(noun)} for ${random.choice(['home', 'work', 'travel', 'every day'])}, ${random.choice(extras)}${end}.`
}

const capitalise = (text: string) => text.replace(/(?<![A-Za-z'])[a-z]/g, (letter) => letter.toUpperCase())
