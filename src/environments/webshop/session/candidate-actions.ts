import type { PythonRandom } from '../python/python-random.ts'
import { meetsOption } from '../reward/reward.ts'
import type { Session } from './session.ts'

/**
 * What becomes of a list of more than 20 candidates, as pages with many options have:
 * - `relevant`: 20 stay. All that is no option; options that are chosen, that the goal's options match, or that share most words with the request.
 * - `sample`: as LEAP, whenever the 21st is added, the first 6 and a random 10 of the others stay. That can lose the option that is needed.
 * - `none`: all stay.
 */
export type CandidateCut = 'relevant' | 'sample' | 'none'

const longest = 20
const keptFirst = 6
const keptByChance = 10

/** The search page's only candidate: the words are the agent's own. */
export const searchCandidate = 'search[<search query>]'
/** The only candidate where nothing can be clicked. */
export const finishCandidate = 'finish'

/** The actions that LEAP's wrapper lists (WebEnv.get_valid_actions), products by title. The session takes other actions too. */
export function candidateActions(session: Session, cut: CandidateCut, random: PythonRandom): string[] {
  if (session.hasSearchBar) return [searchCandidate]
  const texts = [...session.clickables.keys()].filter((text) => text !== 'search')
  if (texts.length === 0) return [finishCandidate]
  const kept = cut === 'relevant' && texts.length > longest ? keepRelevant(session, texts) : texts
  const actions: string[] = []
  for (const text of kept) {
    actions.push(`click[${nameOf(session, text)}]`)
    if (cut === 'sample' && actions.length > longest) {
      const chosen = random.sample(actions.slice(keptFirst), keptByChance)
      actions.splice(keptFirst, actions.length, ...chosen)
    }
  }
  return actions
}

/** A product is named by its title; any text that is an ASIN of the catalogue is taken for a product. */
function nameOf({ shop }: Session, text: string): string {
  const index = shop.catalogue.indexOf(text.toUpperCase())
  return index === undefined ? text : `item - ${shop.catalogue.product(index).title.toLowerCase()}`
}

function keepRelevant(session: Session, texts: readonly string[]): string[] {
  const { goal, options: chosen } = session
  const words = new Set(wordsOf(goal.instruction))
  const needed = neededOptions(session, texts)
  const rank = (text: string): number => {
    const clickable = session.clickables.get(text)!
    if (clickable.kind !== 'option') return 4
    if (chosen.get(clickable.option.toLowerCase()) === text) return 3
    if (needed.has(text)) return 2
    const own = wordsOf(text)
    return own.length === 0 ? 0 : own.filter((word) => words.has(word)).length / own.length
  }
  const ranked = texts.map((text, place) => ({ text, place, rank: rank(text) }))
  return ranked
    .toSorted((a, b) => b.rank - a.rank || a.place - b.place)
    .slice(0, longest)
    .sort((a, b) => a.place - b.place)
    .map(({ text }) => text)
}

/** Of each option of the goal, the value itself if it is on the page, else all values that would count for it. */
function neededOptions({ goal, clickables }: Session, texts: readonly string[]): Set<string> {
  const values = texts.filter((text) => clickables.get(text)!.kind === 'option')
  return new Set(
    goal.options.flatMap((option) =>
      values.includes(option.value) ? [option.value] : values.filter((value) => meetsOption(value, option)),
    ),
  )
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
