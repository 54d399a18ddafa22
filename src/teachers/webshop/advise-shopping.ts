import type { TeacherSettings } from '../../contracts/domain.ts'
import type { PrivilegedState } from '../../contracts/privileged-state.ts'
import { decideShopping, fittingItem, nextOption } from '../../environments/webshop/agent/decide.ts'
import { explainShopping } from '../../environments/webshop/agent/explain.ts'
import { type ShopDecisionKind, shopKindOf } from '../../environments/webshop/agent/kinds.ts'
import { openAction, type Shopping } from '../../environments/webshop/agent/shopping.ts'
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

/** Actions after which the best product at hand is bought, whatever else there may be: paper Figure 4, "commit in time". */
const commitAfter = 8
/** Result pages that a teacher looks through after one search. */
const pagesPerSearch = 2
/** Searches before it settles for the best that it sees. */
const searchesAtMost = 3

/**
 * What a teacher of a level says should be done, and why. Level 1 is the careful shopper without privilege. From level 2 on the truth decides which products
 * fit, when to go back, and when to commit: level 2 by the constrained expert of eq. 16, level 3 by the truth among what looks alike. Up to level 3 the search words
 * are the request's own. Levels 4 and 5 look for the product that the request was written about by its title; level 5 says so, level 4 in one step of three,
 * drawn by the seed (paper section 4.5). Throws a LeapError `PRIVILEGE_MISSING` where the level needs a hidden state and there is none.
 */
export function adviseShopping({ level, lambda }: TeacherSettings, situation: ShopSituation): ShopAdvice {
  const { shopping, seed, where } = situation
  if (level === 1) return inWords(shopping, decideShopping(shopping, { choose: fittingItem, isCareful: true }))
  const hidden = readPrivilege(situation.privileged, shopPrivilegeSchema, where)
  const advice = inWords(shopping, decide({ level, lambda }, shopping, hidden))
  const tells = level === 5 || (level === 4 && createRandom(seed, 'tell', where).next() < 1 / 3)
  return tells ? { ...advice, reason: `The product to buy is ${hidden.title}. ${advice.reason}` } : advice
}

function decide({ level, lambda }: TeacherSettings, shopping: Shopping, hidden: ShopPrivilege): string {
  const { page } = shopping
  const knowsTitle = level >= 4
  switch (page.kind) {
    case 'index':
      return `search[${knowsTitle && shopping.searches.length === 0 ? hidden.title : teacherSearch(shopping, hidden)}]`
    case 'results': {
      const worthOf = ({ title }: { title: string }) => hidden.worth[title.toLowerCase()] ?? 0
      const target = knowsTitle ? page.items.find(({ title }) => title.toLowerCase() === hidden.title) : undefined
      const best =
        target ??
        (level === 2 ? constrainedItem(shopping, page.items, worthOf, lambda) : bestItem(shopping, page.items, worthOf))
      const isLate = shopping.actions >= commitAfter || shopping.searches.length >= searchesAtMost
      const isGood = best !== undefined && worthOf(best) >= (isLate ? 0.5 : 0.99)
      if (best !== undefined && (isGood || isHopeless(shopping))) return openAction(best.title)
      return page.total > 10 * page.number && page.number < pagesPerSearch ? 'click[next >]' : 'click[back to search]'
    }
    case 'item':
      return decideOnItem(shopping, hidden)
    case 'sub':
      return 'click[< prev]'
    default:
      return 'finish'
  }
}

function decideOnItem(shopping: Shopping, { open }: ShopPrivilege): string {
  const { page, actions, opened } = shopping
  if (page.kind !== 'item' || open === undefined) return 'click[< prev]'
  const isLate = actions >= commitAfter || opened.length > 3
  if (open.worth < (isLate ? 0.5 : 0.99) && actions < 2 * commitAfter && shopping.searches.length > 0)
    return shopping.searches.length < searchesAtMost || opened.length < 2
      ? 'click[< prev]'
      : buyOrChoose(shopping, open)
  return buyOrChoose(shopping, open)
}

/** The options that the reward needs, in the page's order, then the purchase. */
function buyOrChoose(shopping: Shopping, open: NonNullable<ShopPrivilege['open']>): string {
  const { page } = shopping
  if (page.kind !== 'item') return 'click[< prev]'
  for (const { name, chosen } of page.options) {
    const value = open.options[name]
    if (value !== undefined && chosen !== value) return `click[${value}]`
  }
  return (
    nextOption({
      ...shopping,
      page: { ...page, options: page.options.filter(({ name }) => !(name in open.options)) },
    }) ?? 'click[buy now]'
  )
}

/** Nothing better is to be expected: so much time has gone by. */
function isHopeless({ actions }: Shopping): boolean {
  return actions >= 2 * commitAfter
}

function inWords(shopping: Shopping, action: string): ShopAdvice {
  return { action, reason: explainShopping(shopping, action), kind: shopKindOf(action) }
}
