import { ordinals, phrasePattern } from './mention.ts'

/** How strongly a text says that an object is at a place. */
export type Assertion = 'none' | 'hint' | 'asserted'

/**
 * Words that make a statement a guess or a plan to find out. A guess from common sense ("mugs are often in cabinets, so it may be in
 * cabinet 3") is what a student can learn to make; only the bare statement shows knowledge.
 */
const hedge = words(
  'may|might|maybe|could|should be|would be|seems?|appears?|likely|unlikely|probabl[ey]|perhaps|possibl[ey]|plausibl[ey]',
  'potential(?:ly)?|chances?|odds|usually|often|typical(?:ly)?|common(?:ly)?|sometimes|generally|normally|tends? to',
  'guess|suppose|assume|expect|hope|suspect|wonder|think|believe|if|whether|in case|unless|either',
  'check(?:ing)? for|look(?:ing)? for|search(?:ing)?|try(?:ing)?|hunt(?:ing)?',
)
/** True for words that make of a statement a guess. */
export const guessing = (text: string): boolean => hedge.test(text)
const negation = words("not|no|never|isn't|aren't|wasn't|without|nor|neither|none|empty")
/** Verbs after which "X in Y" tells where X goes, not where it is. */
const placing = words(
  'put|puts|putting|places?|placing|moves?|moving|returns?|returning|stores?|storing|leaves?|leaving|drops?|dropping|set|stow|brings?|carry|carries',
)
/** Where one statement ends and another begins within a sentence. */
const breaks = /[,;:]|\b(?:but|so|because|since|therefore|then|and)\b/giu

const locative =
  '(?:in(?:side)?(?:\\s+of|\\s*/\\s*on)?|on(?: top of)?|out of|at|within|under(?:neath)?|behind(?: the (?:closed )?door of)?|near|next to|from)'
/** What a reason says of a thing before it says where it is: "the mug I need", "the mug that I am looking for". */
const wanted =
  '(?:,?\\s+(?:that |which )?(?:i|we) (?:still )?(?:need|want|seek|am looking for|look for|was looking for|have to find)\\b,?|\\s+(?:that|which)(?:\\s+[^\\s,.;:!?]+){1,6}?|,\\s+which(?:\\s+[^\\s,.;:!?]+){1,6}?,|\\s+in this (?:room|house|kitchen|bedroom|bathroom|place))?'
/** The thing without its name: what a task needs. */
const target =
  '\\b(?:what|(?:the )?(?:object|item|thing|one)(?: that| which)?) (?:i|we) (?:still )?(?:need|want|seek|am looking for|look for|require)\\b'
/** Verbs of fetching: whoever says that it will do this at a place knows that the thing is there. */
const fetching =
  '(?:pick(?:ing)? up|(?:tak(?:e|ing)|pull(?:ing)?)(?: out| up)?|get(?:ting)?|grab(?:bing)?|collect(?:ing)?|fetch(?:ing)?|retriev(?:e|ing)|obtain(?:ing)?)'
const being =
  "(?:is|are|was|'s|lies|sits|rests|stands|waits|awaits|resides|hides|remains|(?:must|will|should|may|might|could|can|would)\\s+(?:be|have been)|ha(?:s|ve|d) been)"
const state = '(?:can be found|found|located|stored|kept|hidden|placed|lying|sitting|waiting|currently)'
const holding =
  '(?:contains?|holds?|has|hides|stores|houses|keeps|reveals?|yields?|gives|turns out to (?:contain|hold)|is where|is home to)'
const article =
  '(?:(?:the|a|an|this|that|your|my)\\s+(?:(?:other|second|third|last|only|right|missing|required|needed)\\s+)?)?'
const where = '(?:location|place|position|spot|whereabouts)'
/** Up to four words that do not begin a new statement. */
const gap = '(?:\\s+(?!(?:i|we|you|and|so|but|or|to|then|because|needed|required|wanted)\\b)[^\\s,.;:!?]+){0,4}?'

/**
 * Tells whether a text says that `object` is at `place`. Numbered names are also found without their number: "the mug is in the cabinet"
 * says it of `mug 1` and `cabinet 3`; "cabinet 2" does not mean `cabinet 3`, and plurals ("mugs are in cabinets") mean kinds of things.
 *
 * One statement must link the two ("the mug is in cabinet 3", "take the mug from cabinet 3", "cabinet 3 holds the mug", "cabinet 3, where
 * the mug is"), where `it`, `there` and the like stand for what was named before. Naming both for different ends ("I need a mug, so I go
 * to cabinet 3") says nothing. A hedged link or a question is a hint; a denied one, or one that says where to put the object, is none.
 * English only; a rule of thumb, tested on hand-made sentences of both kinds.
 */
export function asserts(text: string, object: string, place: string): Assertion {
  const { named, placed, families } = patternsOf(object, place)
  // Every pattern needs both names somewhere: most reasons end here.
  if (!named.test(text) || !placed.test(text)) return 'none'
  const found = new Set<Assertion>()
  for (const { sentence, offset } of sentences(text)) {
    for (const { patterns, needs } of families) {
      for (const pattern of patterns) {
        for (const match of sentence.matchAll(pattern)) {
          if (needs !== undefined && !needs.test(text.slice(0, offset + match.index))) continue
          found.add(judge(sentence, match.index, match[0]))
        }
      }
    }
    if (found.has('asserted')) return 'asserted'
  }
  return found.has('hint') ? 'hint' : 'none'
}

interface Patterns {
  named: RegExp
  placed: RegExp
  families: {
    patterns: RegExp[]
    /** Must have occurred before the match: what a pronoun of the patterns stands for. */
    needs?: RegExp
  }[]
}

const compiled = new Map<string, Patterns>()

function patternsOf(object: string, place: string): Patterns {
  const key = `${object} @ ${place}`
  const known = compiled.get(key)
  if (known !== undefined) return known
  const thing = `(?:${namePattern(object)}|${target})`
  const spot = placePattern(place)
  const named = new RegExp(thing, 'iu')
  const placed = new RegExp(spot, 'iu')
  const all = (sources: string[]) => sources.map((source) => new RegExp(source, 'giu'))
  const there = [
    // "That is where the mug is", "its actual location, cabinet 3", "drawer 3 is the right one".
    `\\b(?:that|this|it)\\s+is\\s+where\\s+${article}${thing}\\s+${being}`,
    `\\b(?:that|this|it)\\s+is\\s+where\\s+(?:i|we)\\s+(?:can|will)\\s+(?:find|${fetching})\\s+${article}${thing}`,
    `${thing}\\s*${being}\\b${gap}\\s+(?:there|inside|in it)\\b`,
    ...holdings('\\b(?:it|which|that)\\b', thing),
    `${fetching}\\s+${article}${thing}\\s+(?:there|(?:in(?:side)?|from|on|out of)\\s+(?:it|there))\\b`,
  ]
  const right = [
    `\\b(?:its|their)\\s+(?:actual\\s+|exact\\s+|true\\s+|real\\s+)?${where},?\\s+(?:(?:which\\s+)?is\\s+)?${article}${spot}`,
    `${spot}\\s+${being}\\s+the\\s+(?:right|correct)\\s+(?:one|place|spot|\\w+)\\b`,
  ]
  const patterns: Patterns = {
    named,
    placed,
    families: [
      { patterns: all(links(thing, spot)) },
      { patterns: all(links('\\b(?:it|one|them|they)\\b', spot)), needs: named },
      { patterns: all(there), needs: placed },
      { patterns: all(right), needs: named },
    ],
  }
  // Pairs repeat along a trajectory but not for ever.
  if (compiled.size > 1000) compiled.clear()
  compiled.set(key, patterns)
  return patterns
}

function links(thing: string, spot: string): string[] {
  return [
    `${thing}${wanted}(?:,?\\s+(?:that|which)|,)?\\s*${being}(?![\\p{L}])${gap}\\s+${locative}\\s+${article}${spot}`,
    `${thing}(?:\\s+${state})*\\s+${locative}\\s+${article}${spot}`,
    `${where}\\s+(?:of|for)\\s+${article}${thing}\\s+${being}\\s+${locative}?\\s*${article}${spot}`,
    `${spot},?\\s+where\\s+${article}${thing}`,
    `${locative}\\s+${article}${spot},?\\s+there\\s+${being}\\s+${article}${thing}`,
    `${locative}\\s+${article}${spot}\\s+that\\s+(?:(?:i|we)\\s+(?:can |will )?find\\s+)?${article}${thing}`,
    `${spot}\\s+(?:will|must)\\s+(?:give|yield|have|hold|contain)\\s+(?:me\\s+)?${article}${thing}`,
    `${spot}(?:,|\\s+is)?\\s+where(?:\\s+(?:i|we))?${gap}\\s+${article}${thing}`,
    `${spot},?\\s+(?:which is\\s+)?the\\s+${where}\\s+of\\s+${article}${thing}`,
    `${locative}\\s+${article}${spot}\\s+${being}\\s+${article}${thing}`,
    `\\bto\\s+${fetching}\\s+(?:the\\s+(?:\\w+\\s+)?)?${thing},?\\s+(?:i|we)\\s+(?:\\w+\\s+){0,4}?(?:go|walk|head|move|turn)\\s+(?:over\\s+)?(?:to|towards)\\s+${article}${spot}`,
    `${thing},\\s+(?:which is\\s+)?(?:currently\\s+)?${state}\\s+${locative}\\s+${article}${spot}`,
    `${thing}\\s+(?:was|were|has been|had been|have been)\\s+(?:put|placed|left|stored|kept|moved|hidden)\\s+(?:in(?:to)?|on(?:to)?|inside|at)\\s+${article}${spot}`,
    `${locative}\\s+${article}${spot},?\\s+(?:i|we)\\s+(?:can |will |shall )?(?:find|get|see)\\s+${article}${thing}`,
    `${spot}\\s+(?:and|to)\\s+(?:\\w+\\s+(?:it\\s+)?(?:and|to)\\s+)?${fetching}\\s+(?:the\\s+(?:\\w+\\s+)?)?${thing}`,
    `${spot}\\s+(?:allows?|lets?|enables?)\\s+me\\s+(?:to\\s+)?${fetching}\\s+(?:the\\s+)?${thing}`,
    `${where}\\s+where\\s+${article}${thing}\\s+${being}[^.]{0,20}?\\b(?:is|being)\\s+${article}${spot}`,
    ...holdings(spot, thing),
  ]
}

function holdings(spot: string, thing: string): string[] {
  return [`${spot}(?:,?\\s+(?:that|which))?\\s+${holding}\\b${gap}\\s+${article}${thing}`]
}

function judge(sentence: string, index: number, matched: string): Assertion {
  const before = sentence.slice(0, index)
  const start = Math.max(0, ...[...before.matchAll(breaks)].map((found) => found.index + found[0].length))
  const after = sentence.slice(index + matched.length)
  const end = [...after.matchAll(breaks)][0]?.index ?? after.length
  const clause = before.slice(start)
  // "What I am looking for" names a thing; it is no search.
  const statement = `${clause}${matched}${after.slice(0, end)}`.replace(new RegExp(target, 'giu'), '')
  if (negation.test(statement)) return 'none'
  // "Move the mug from cabinet 3" does say where it is.
  if (placing.test(clause) && !/\bfrom\b/iu.test(matched)) return 'none'
  return hedge.test(statement) || sentence.trimEnd().endsWith('?') ? 'hint' : 'asserted'
}

function* sentences(text: string): Generator<{ sentence: string; offset: number }> {
  for (const match of text.matchAll(/[^.!?\n]+(?:[.!?]+(?=\s|$)|[.!?]+(?=\S)[^.!?\n]*)*[.!?]*/gu)) {
    yield { sentence: match[0], offset: match.index }
  }
}

/** `mug 1` is also found as `mug`, but not within `mug 2`. */
function namePattern(name: string): string {
  const numbered = /^(.*\S)\s+(\d+)$/.exec(name.trim())
  if (numbered === null) return phrasePattern(name)
  return `${phrasePattern(numbered[1]!)}(?:\\s+${numbered[2]}(?!\\d)|(?!\\s*\\d))`
}

/** `drawer 3` is also found as "the third drawer". */
function placePattern(name: string): string {
  const [, kind, number] = /^(.*\S)\s+(\d+)$/.exec(name.trim()) ?? []
  const ordinal = ordinals[Number(number) - 1]
  return ordinal === undefined ? namePattern(name) : `(?:${namePattern(name)}|\\b${ordinal}\\s+${phrasePattern(kind!)})`
}

function words(...alternatives: string[]): RegExp {
  return new RegExp(`\\b(?:${alternatives.join('|')})\\b`, 'iu')
}
