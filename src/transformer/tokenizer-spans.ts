/**
 * The regular expression (JavaScript with flag u, and Oniguruma as in Python's tokenizers, alike) that cuts text into spans. Matches are spans
 * of their own, and so is all text between two matches, spaces included:
 *  - an entity (`cabinet 12`) whose noun and number were both seen often enough, or its bare noun (`cabinet`), so that a thing is one token
 *    wherever it stands and a small network can match it by identity;
 *  - a number behind a noun that is not part of such an entity (` 2` in `mug 2`);
 *  - a marker (`REASON:`, ` ACTION:`) without the space behind it, so that a completion is cut the same way alone and behind its prompt;
 *  - a line break, so that lines are independent of each other.
 * @param entities numbers seen by noun; a noun with no numbers is a span only by itself.
 */
export function spanPattern(entities: ReadonlyMap<string, readonly number[]>): string {
  const byInitial = new Map<string, string[]>()
  for (const noun of [...entities.keys()].sort()) {
    const numbers = [...entities.get(noun)!].sort((a, b) => b - a)
    const tail = numbers.length > 0 ? `(?: (?:${numbers.join('|')})${wordEnd})?` : ''
    const initial = noun[0]!
    byInitial.set(initial, [...(byInitial.get(initial) ?? []), `${noun.slice(1)}${tail}`])
  }
  const nouns = [...byInitial].map(([initial, rests]) => `${initial}(?:${rests.join('|')})`)
  const entity = nouns.length > 0 ? [`${wordStart}(?:${nouns.join('|')})${wordEnd}`] : []
  return [...entity, number, marker, lineBreak].join('|')
}

// No span begins or ends inside a run of letters and digits: only then does cutting a text between two spans leave the spans before it as they were.
const wordStart = '(?<![A-Za-z0-9])'
const wordEnd = '(?![A-Za-z0-9])'
const number = `(?<=[a-z]) [0-9]+${wordEnd}`
const marker = ` ?${wordStart}[A-Z][A-Za-z]*:`
const lineBreak = '\\n'

/**
 * Cuts text into words (letters and digits in a row, with what follows an apostrophe), each with the space before it; markers, signs and line breaks are
 * spans of their own. A word is then one token wherever it stands behind a space.
 */
export const wordPattern = [marker, " ?[A-Za-z0-9]+(?:'[a-z]+)?", ' ?[^A-Za-z0-9 \\n]', lineBreak].join('|')

/** True for patterns made by {@link spanPattern}: no span of theirs crosses a line break, so lines may be encoded one by one. */
export function cutsAtLines(pattern: string): boolean {
  return pattern.endsWith(`|${lineBreak}`) && pattern.includes(marker)
}

/** Matches and what lies between them, in order; their concatenation is the text. `pattern` needs the flags g and u. */
export function splitSpans(text: string, pattern: RegExp): string[] {
  const spans: string[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    if (match[0].length === 0) continue
    if (match.index > end) spans.push(text.slice(end, match.index))
    spans.push(match[0])
    end = match.index + match[0].length
  }
  if (end < text.length) spans.push(text.slice(end))
  return spans
}
