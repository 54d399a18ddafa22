import type { SftExample } from '../../../contracts/example.ts'
import { readPage } from '../../../environments/webshop/agent/read-page.ts'
import { openedBy } from '../../../environments/webshop/agent/shopping.ts'
import { openGeneratedShop } from '../../../environments/webshop/generator/generated-shop.ts'
import { LeapSession } from '../../../environments/webshop/leap-session.ts'
import { openShop, type Shop } from '../../../environments/webshop/shop.ts'
import { shopRenderer } from '../../../policies/prompts/shop.ts'
import type { Random } from '../../../support/random.ts'
import { questionRow } from '../question-row.ts'
import { type ShopQuestion, type ShopSight, shopQuestionMakers, sightOf } from './shop-question-makers.ts'

export type ShopQuestionKind = keyof typeof shopQuestionMakers
export const shopQuestionKinds = Object.keys(shopQuestionMakers) as ShopQuestionKind[]

/** How often each kind is asked, relative to the others that fit a page. */
const weights: Record<ShopQuestionKind, number> = { search: 1, fresh: 3, marks: 1, offer: 5, choose: 1, price: 0.5 }

/** A question about a moment of a stroll, with the row it makes. */
export interface AskedShopQuestion {
  kind: ShopQuestionKind
  example: SftExample
}

/** A shop to stroll through: of a seed of its own, so that no goal of a run is in it. */
export interface StrollShop {
  shop: Shop
  /** Words of titles. */
  words: readonly string[]
}

export function openStrollShop(seed: number, products: number): StrollShop {
  const shop = openShop(openGeneratedShop({ seed, products }))
  const words = new Set<string>()
  for (let index = 0; index < shop.catalogue.size; index++)
    for (const word of shop.catalogue
      .product(index)
      .title.toLowerCase()
      .match(/[a-z']+/g) ?? [])
      words.add(word)
  return { shop, words: [...words].sort() }
}

/**
 * One document: somebody strolls through the shop without a wish (searches for some words, opens products, goes back, clicks options) and is asked about what
 * a page shows, each question in the place and form of a request. What was read so far is shared by all questions of a page. Nothing is ever bought, and no question asks for a next
 * step of shopping, so that no text shows how a request is met.
 */
export function makeStroll(
  { shop, words }: StrollShop,
  { id, steps, questionsPerPage }: { id: string; steps: number; questionsPerPage: number },
  random: Random,
): AskedShopQuestion[] {
  const live = new LeapSession(shop.start(random.integer(shop.goals.length)))
  const bound = 10 * (2 + random.integer(12))
  const instructionOf = (question: string) => `Instruction: ${question}, and price lower than ${bound}.00 dollars`
  const history: { observation: string; candidates: readonly string[]; action: string }[] = []
  const asked: AskedShopQuestion[] = []
  let now = live.reset()
  for (let step = 0; step <= steps; step++) {
    const sight: ShopSight = { as: sightOf(history, now.text, instructionOf), words }
    // Kinds that do not fit the page are drawn in vain.
    const enough = asked.length + questionsPerPage
    for (let tries = 0; asked.length < enough && tries < 6 * questionsPerPage; tries++) {
      const kind = shopQuestionKinds[random.weighted(shopQuestionKinds.map((one) => weights[one]))]!
      const answer: ShopQuestion | undefined = shopQuestionMakers[kind](sight, random)
      if (answer === undefined) continue
      const { question } = answer
      const input = {
        instruction: instructionOf(question),
        history: history.slice(),
        observation: now.text,
        candidates: now.candidates,
      }
      asked.push({ kind, example: questionRow(shopRenderer, { id, step, kind }, input, answer) })
    }
    const next = strollOn(now.text, now.candidates, words, random)
    history.push({ observation: now.text, candidates: now.candidates, action: next })
    now = live.step(next)
  }
  return asked
}

/** What somebody without a wish does next. */
function strollOn(observation: string, candidates: readonly string[], words: readonly string[], random: Random) {
  const page = readPage(observation)
  if (page.kind === 'index')
    return `search[${random
      .shuffle(words)
      .slice(0, 1 + random.integer(3))
      .join(' ')}]`
  const allowed = candidates.filter((action) => action !== 'click[buy now]')
  const weigh = (action: string) => {
    if (openedBy(action) !== undefined) return 3
    if (action === 'click[< prev]') return page.kind === 'item' ? 6 : 20
    if (action === 'click[next >]') return 2
    if (action === 'click[back to search]') return page.kind === 'results' && page.items.length < 2 ? 30 : 1
    if (/^click\[(description|features|reviews|attributes)\]$/.test(action)) return 0.1
    return 1
  }
  return allowed[random.weighted(allowed.map(weigh))]!
}
