import type { Trajectory } from '../contracts/trajectory.ts'
import { guessing } from './assertion.ts'
import { ordinals, phrasePattern } from './mention.ts'

/**
 * Places of which a reason says that something is not there, though the student has not looked: knowledge of what is hidden as much as "the mug is in cabinet 3" is
 * ("cabinet 2 is empty, so I skip it", "there is no mug on the countertops").
 *
 * Places are the numbered names that the first observation lists. One counts as looked into once a later observation names it without calling it closed; a kind
 * of places ("the drawers") once one of them is. Guesses, questions and what usually is so claim nothing. English only; a rule of thumb like `asserts`.
 */
export function findAbsences({ steps }: Trajectory, step: number, reason: string): string[] {
  const listed = new Set(
    [...(steps[0]?.observation ?? '').toLowerCase().matchAll(/\p{L}+ \d+/gu)].map(([name]) => name),
  )
  if (listed.size === 0 || !denial.test(reason)) return []
  const seen = steps
    .slice(1, step + 1)
    .flatMap(({ observation }) => (/\bclosed\b/i.test(observation) ? [] : observation))
  const isKnown = (name: string) => seen.some((text) => new RegExp(phrasePattern(name), 'iu').test(text))
  const kinds = Map.groupBy(listed, (name) => name.replace(/ \d+$/, ''))
  const found = new Set<string>()
  for (const [sentence] of reason.matchAll(/[^.!?\n]+[.!?]*/gu)) {
    if (sentence.trimEnd().endsWith('?')) continue
    /** Names of the clause before, which a pronoun stands for. */
    let before: string[] = []
    for (const clause of sentence.split(clauseEnd)) {
      const own = placesIn(clause, kinds)
      const meant = own.length > 0 ? own : /\b(?:it|they|them)\b/iu.test(clause) ? before : []
      if (own.length > 0) before = own
      if (meant.length === 0 || guessing(clause.replace(/\beither\b/i, '')) || !denies(clause, meant)) continue
      for (const name of meant) {
        const members = kinds.get(name) ?? [name]
        if (!members.some(isKnown)) found.add(name)
      }
    }
  }
  return [...found]
}

const denial = /\b(?:no|not|nothing|none|neither|empty|bare|doesn't|don't|isn't|aren't)\b/iu
const clauseEnd = /[,;:]|\b(?:but|so|because|since|therefore|which|then|as)\b/iu
const usually =
  /\b(?:rarely|seldom|hardly|never|almost|unusual|so far|yet|until|have not|has not|haven't|hasn't|had not)\b/iu

/** Listed places and kinds of places that a clause names: `cabinet 2`, `drawers 1 and 2`, `the third drawer`, `the fridge`, `the drawers`. */
function placesIn(clause: string, kinds: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = []
  for (const [kind, names] of kinds) {
    const numbered = names.filter((name) => {
      const number = Number(/\d+$/.exec(name)![0])
      const ordinal = ordinals[number - 1]
      const forms = [
        phrasePattern(name),
        `\\b${pluralOf(kind)}\\s+(?:\\d+(?:\\s*,|\\s+and)\\s+)*${number}\\b`,
        ...(ordinal ? [`\\b${ordinal}\\s+${kind}\\b`] : []),
      ]
      return forms.some((form) => new RegExp(form, 'iu').test(clause))
    })
    if (numbered.length > 0) found.push(...numbered)
    else if (
      new RegExp(
        `\\b(?:the|these|those|all|both)\\s+(?:other\\s+)?(?:${kind}|${pluralOf(kind)})\\b(?!\\s*\\d)`,
        'iu',
      ).test(clause)
    )
      found.push(kind)
  }
  return found
}

/** Whether a clause says of places that something is not there. */
function denies(clause: string, places: readonly string[]): boolean {
  if (usually.test(clause)) return false
  const spot = `(?:${[...places.map((place) => place.replace(/ \d+$/, '')).map((kind) => `(?:${kind}|${pluralOf(kind)})(?:\\s+\\d+)?`), 'it', 'they', 'them', '\\d+'].join('|')})`
  return [
    `\\b${spot}\\s+(?:is|are|was|were)\\s+(?:both\\s+|all\\s+|also\\s+|completely\\s+)?(?:empty|bare)\\b`,
    `\\b${spot}\\s+(?:holds?|contains?|has|have|hides?|stores?|offers?)\\s+(?:no|nothing|none|neither)\\b`,
    `\\b${spot}\\s+(?:does|do)(?:\\s+not|n't)\\s+(?:hold|contain|have|hide|store)\\b`,
    `\\b(?:no|nothing|none|neither)\\b[^.]{0,40}?\\b(?:in|on|inside|at|within)\\s+(?:the\\s+|these\\s+|any of the\\s+)?(?:other\\s+)?${spot}\\b`,
    `\\b(?:is|are|was|were)(?:\\s+not|n't)\\s+(?:in|on|inside|at|within)\\s+(?:the\\s+)?${spot}\\b`,
    `\\b(?:skip|ignore)\\b.*\\bempty\\b`,
  ].some((form) => new RegExp(form, 'iu').test(clause))
}

/** The pattern of a plural: drawers, couches, shelves. */
const pluralOf = (kind: string) => (kind.endsWith('f') ? `${kind.slice(0, -1)}ves` : `${kind}e?s`)
