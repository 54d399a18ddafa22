import { isTooDear } from '../../../environments/webshop/agent/explain.ts'
import type { ListedItem } from '../../../environments/webshop/agent/read-page.ts'
import { readRequest } from '../../../environments/webshop/agent/read-request.ts'
import { openAction, recallShopping, type Shopping } from '../../../environments/webshop/agent/shopping.ts'
import { toldOptions } from '../../../environments/webshop/agent/wanted.ts'
import { attributes } from '../../../environments/webshop/generator/attributes.ts'
import { optionFamilies } from '../../../environments/webshop/generator/options.ts'
import type { Random } from '../../../support/random.ts'

/** A question about one moment, and its answer as a student would write it. */
export interface ShopQuestion {
  /** Stands where a request stands. */
  question: string
  reason: string
  /** The action, where the question asks for one. */
  action?: string
}

/** One moment of a stroll through the shop: what can be asked about. */
export interface ShopSight {
  /** Knowledge of somebody with this question in the place of a request, at this moment. */
  as: (question: string) => Shopping
  /** Words of the shop: what may be looked for. */
  words: readonly string[]
}

/** The reading skills that the text teaches and the exam tests, one function each: undefined where the page does not fit. None asks to buy, to leave, or to look for another product. */
export const shopQuestionMakers = {
  /** Writing words into the search field: those that describe something, in their order. */
  search({ as, words }, random) {
    if (as('').page.kind !== 'index') return undefined
    const said = [
      ...clauses(values(random, 2), random),
      ...properties(random, 2),
      random
        .shuffle(words)
        .slice(0, 1 + random.integer(4))
        .join(' '),
    ]
    const question = `${random.choice(['search for', 'get some', 'any', 'or'])} ${random.shuffle(said).join(' ')}`
    const query = readRequest(question).words.join(' ')
    return query === '' ? undefined : { question, reason: 'I search for what is asked.', action: `search[${query}]` }
  },
  /** A listed product that was not opened and is not too dear. */
  fresh({ as }, random) {
    const shopping = as('')
    const { page } = shopping
    if (page.kind !== 'results') return undefined
    const free = page.items.filter((item) => isLeft(shopping, item))
    if (free.length === 0) return undefined
    const after = random.integer(page.items.length)
    const numbers = free.map((item) => page.items.indexOf(item) + 1)
    const first = numbers.find((number) => number > after)
    if (first === undefined) return undefined
    const question = after === 0 ? 'which is not seen' : `which is not seen after ${after}`
    return { question, reason: `I have not seen ${first}.`, action: openAction(page.items[first - 1]!.title) }
  },
  /** Which of the listed products cost more than was asked, and which were opened. */
  marks({ as }, random) {
    const shopping = as('')
    const { page } = shopping
    if (page.kind !== 'results') return undefined
    const numbers = (holds: (item: Priced) => boolean) =>
      page.items.flatMap((item, index) => (holds(item) ? [` ${index + 1}`] : [])).join('')
    if (random.next() < 0.5)
      return {
        question: 'which cost too much',
        reason: `too much${numbers((item) => costsTooMuch(shopping, item)) || ' none'}`,
      }
    return {
      question: 'which are neither seen nor over',
      reason: `left${numbers((item) => isLeft(shopping, item)) || ' none'}`,
    }
  },
  /** Whether the open product can be had in what a sentence wants. */
  offer({ as }, random) {
    const { page } = as('')
    if (page.kind !== 'item') return undefined
    const wanted = pickValues(page.options, random)
    if (wanted.length === 0) return undefined
    const asks = random.next() < easyShare ? [random.choice(wanted)] : wanted
    const question = `${random.choice(['is it there', 'can i have it', 'do they have it'])} ${clausesAmong(asks, random)}`
    return { question, reason: tellOptions(as(question), asks) }
  },
  /** Choosing a value that is on the page. */
  choose({ as }, random) {
    const { page } = as('')
    if (page.kind !== 'item') return undefined
    const open = page.options.filter(({ chosen }) => chosen === undefined)
    if (open.length === 0) return undefined
    const value = random.choice(random.choice(open).values)
    const question = `choose ${clause(value, random)}`
    return { question, reason: tellOptions(as(question), [value]), action: `click[${value}]` }
  },
  /** Whether the open product costs more than was asked. */
  price({ as }) {
    const shopping = as('')
    if (shopping.page.kind !== 'item') return undefined
    return {
      question: 'does it cost too much',
      reason: isTooDear(shopping) ? 'It costs too much.' : 'It does not cost too much.',
    }
  },
} satisfies Record<string, (sight: ShopSight, random: Random) => ShopQuestion | undefined>

/** Share of questions about one option alone. */
const easyShare = 0.4

/** What the page tells about wanted options, in the words that reasons have: what is missing before what is there. */
function tellOptions(shopping: Shopping, values: readonly string[]): string {
  const wanted = toldOptions(shopping, values, {})
  const { page } = shopping
  const missing = wanted.find(({ offered }) => offered === undefined)
  if (missing) return `They want ${missing.text}. It is missing.`
  const open = wanted.find(({ isChosen }) => !isChosen)
  if (open === undefined || page.kind !== 'item') return 'I have what they want.'
  const option = page.options.find((one) => one.values.includes(open.text))
  return `They want ${open.text}. It is ${(option?.values.indexOf(open.text) ?? 0) + 1}.`
}

type Priced = Pick<ListedItem, 'title' | 'price'>

const costsTooMuch = ({ request }: Shopping, { price }: Priced) =>
  price[0] > (request.priceUpper ?? Number.POSITIVE_INFINITY)

/** Neither too dear nor opened before. */
const isLeft = (shopping: Shopping, item: Priced) =>
  !costsTooMuch(shopping, item) && !shopping.opened.includes(item.title.toLowerCase())

const families = Object.values(optionFamilies) as readonly { values: readonly string[]; asks: readonly string[] }[]

/** Values of different families. */
function values(random: Random, atMost: number): string[] {
  return random
    .shuffle(families)
    .slice(0, random.integer(atMost + 1))
    .map((family) => random.choice(family.values))
}

/** Up to three values to ask about: of the page's options as often there as not, sometimes of a family that the page does not have. */
function pickValues(options: readonly { values: readonly string[]; chosen: string | undefined }[], random: Random) {
  const picked = options.flatMap(({ values, chosen }) => {
    if (random.next() < 0.2) return []
    if (chosen !== undefined && random.next() < 0.5) return [chosen]
    if (random.next() < 0.5) return [random.choice(values)]
    const family = families.find((one) => values.every((value) => one.values.includes(value)))
    const absent = family?.values.filter((value) => !values.includes(value)) ?? []
    return absent.length > 0 ? [random.choice(absent)] : []
  })
  return picked.length > 0 && random.next() < 0.85 ? picked : [...picked, ...values(random, 1)]
}

/** A value as somebody asks for it. */
function clause(value: string, random: Random): string {
  const family = random.choice(families.filter((one) => one.values.includes(value)))
  return random.choice(family.asks).replace('*', value)
}

const clauses = (wanted: readonly string[], random: Random) => wanted.map((value) => clause(value, random))

/** Properties by their name or described. */
function properties(random: Random, atMost: number): string[] {
  const known = Object.entries(attributes) as [string, { ways: readonly string[] }][]
  return random
    .shuffle(known)
    .slice(0, random.integer(atMost + 1))
    .map(([name, { ways }]) => (random.next() < 0.65 ? name : random.choice(ways)))
}

/** The values' clauses among others that say nothing about options. */
function clausesAmong(wanted: readonly string[], random: Random): string {
  return random.shuffle([...clauses(wanted, random), ...properties(random, 3)]).join(' ')
}

/** Knowledge at a moment with any question in the place of the request, and the price bound of the stroll. */
export function sightOf(
  history: readonly { observation: string; action: string }[],
  observation: string,
  instructionOf: (question: string) => string,
): ShopSight['as'] {
  const known = recallShopping(instructionOf(''), history, observation)
  return (question) => ({ ...known, request: readRequest(instructionOf(question)) })
}
