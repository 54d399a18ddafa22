import type { TeacherSettings } from '../../contracts/domain.ts'
import type { PrivilegedState } from '../../contracts/privileged-state.ts'
import { decideShopping, fittingItem } from '../../environments/webshop/agent/decide.ts'
import { explainShopping, isTooDear, lateAfter } from '../../environments/webshop/agent/explain.ts'
import { type ShopDecisionKind, shopKindOf } from '../../environments/webshop/agent/kinds.ts'
import type { ListedItem } from '../../environments/webshop/agent/read-page.ts'
import { openAction, type Shopping } from '../../environments/webshop/agent/shopping.ts'
import { toldOptions, type WantedOption } from '../../environments/webshop/agent/wanted.ts'
import { createRandom } from '../../support/random.ts'
import { readPrivilege } from '../read-privilege.ts'
import { bestItem, constrainedItem } from './choose-item.ts'
import { teacherSearch } from './search-words.ts'
import { type ShopPrivilege, shopPrivilegeSchema } from './shop-privilege.ts'

/** One moment of a shopping trip as a teacher sees it. */
export interface ShopSituation {
  /** What the student can know. */
  shopping: Shopping
  privileged: PrivilegedState | undefined
  seed: number
  /** Names the step, in errors and for the draws of level 4. */
  where: string
}

export interface ShopAdvice {
  action: string
  reason: string
  kind: ShopDecisionKind
}

/** Result pages that a teacher looks through after one search. */
const pagesPerSearch = 2
/** Searches after which it settles for the best that it sees. */
const searchesAtMost = 3
/** What a product can earn below which it is left although its page does not show why: another kind of goods. */
const hopeless = 0.5

/**
 * What a teacher of a level says should be done, and why. Level 1 is the careful shopper without privilege. From level 2 on the truth decides among products that look
 * alike, and tells which options are wanted; a product is left only for what its page shows (too dear, or a wanted option is not to be had), or where it is hopeless. Level 2
 * is the constrained expert of eq. 16. Up to level 3 the search words are the request's own. Levels 4 and 5 look for the product that the request was
 * written about by its title; level 5 says so, level 4 in one step of three, drawn by the seed (paper section 4.5). Throws a LeapError `PRIVILEGE_MISSING` where the level needs a hidden
 * state and there is none.
 */
export function adviseShopping({ level, lambda }: TeacherSettings, situation: ShopSituation): ShopAdvice {
  const { shopping, seed, where } = situation
  if (level === 1) {
    const action = decideShopping(shopping, { choose: fittingItem, isCareful: true })
    return { action, reason: explainShopping(shopping, action), kind: shopKindOf(action) }
  }
  const hidden = readPrivilege(situation.privileged, shopPrivilegeSchema, where)
  const wanted = toldOptions(shopping, hidden.options, hidden.open?.options ?? {})
  const action = decide({ level, lambda }, shopping, hidden, wanted)
  const reason = explainShopping(shopping, action, wanted)
  const tells = level === 5 || (level === 4 && createRandom(seed, 'tell', where).next() < 1 / 3)
  return {
    action,
    reason: tells ? `The product to buy is ${hidden.title}. ${reason}` : reason,
    kind: shopKindOf(action),
  }
}

function decide(
  settings: TeacherSettings,
  shopping: Shopping,
  hidden: ShopPrivilege,
  wanted: readonly WantedOption[],
): string {
  switch (shopping.page.kind) {
    case 'index': {
      const knowsTitle = settings.level >= 4 && shopping.searches.length === 0
      return `search[${knowsTitle ? hidden.title : teacherSearch(shopping, hidden)}]`
    }
    case 'results':
      return decideOnResults(settings, shopping, hidden)
    case 'item':
      return decideOnItem(shopping, hidden, wanted)
    case 'sub':
      return 'click[< prev]'
    default:
      return 'finish'
  }
}

function decideOnResults({ level, lambda }: TeacherSettings, shopping: Shopping, hidden: ShopPrivilege): string {
  const { page, request, opened, actions, searches } = shopping
  if (page.kind !== 'results') return 'click[back to search]'
  const worthOf = ({ title }: ListedItem) => hidden.worth[title.toLowerCase()] ?? 0
  // A click opens the first of several products of one title.
  const titles = page.items.map(({ title }) => title.toLowerCase())
  const isNew = ({ title, price }: ListedItem, index: number) =>
    price[0] <= (request.priceUpper ?? Number.POSITIVE_INFINITY) &&
    !opened.includes(title.toLowerCase()) &&
    titles.indexOf(title.toLowerCase()) === index
  const target = level >= 4 ? page.items.find(({ title }) => title.toLowerCase() === hidden.title) : undefined
  const fresh = page.items.filter(isNew).filter((item) => worthOf(item) >= hopeless)
  const best = target ?? (level === 2 ? constrainedItem(shopping, fresh, worthOf, lambda) : bestItem(fresh, worthOf))
  if (best !== undefined) return openAction(best.title)
  const isLate = actions >= lateAfter || searches.length >= searchesAtMost
  if (isLate && page.items[0] !== undefined) return openAction(bestItem(page.items, worthOf)!.title)
  return page.total > 10 * page.number && page.number < pagesPerSearch ? 'click[next >]' : 'click[back to search]'
}

function decideOnItem(shopping: Shopping, { open }: ShopPrivilege, wanted: readonly WantedOption[]): string {
  const { page, actions, searches } = shopping
  if (page.kind !== 'item' || open === undefined) return 'click[< prev]'
  const isWrong = isTooDear(shopping) || wanted.some(({ offered }) => offered === undefined) || open.worth < hopeless
  if (isWrong && actions < lateAfter && searches.length > 0) return 'click[< prev]'
  const next = wanted.find(({ offered, isChosen }) => offered !== undefined && !isChosen)?.offered
  if (next !== undefined) return `click[${next}]`
  for (const { name, chosen } of page.options) {
    const value = open.options[name]
    if (value !== undefined && chosen !== value) return `click[${value}]`
  }
  return 'click[buy now]'
}
