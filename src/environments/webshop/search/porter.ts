/**
 * The Porter stemmer (Porter 1980) as Lucene has it: words of one or two letters stay, and two rules of the author's own later
 * version (`bli` -> `ble`, `logi` -> `log`) are in. Expects lower case; other characters than a-z count as consonants.
 */
export function stem(word: string): string {
  if (word.length <= 2) return word
  let text = stepPlural(word)
  text = stepPast(text)
  text = stepFinalY(text)
  text = replaceEnding(text, doubleSuffixes, 0)
  text = replaceEnding(text, fullSuffixes, 0)
  text = dropEnding(text)
  return stepFinalE(text)
}

const isVowelLetter = (text: string, i: number) => 'aeiou'.includes(text[i]!)

function isConsonant(text: string, i: number): boolean {
  if (isVowelLetter(text, i)) return false
  if (text[i] !== 'y') return true
  return i === 0 ? true : !isConsonant(text, i - 1)
}

/** Porter's m: how often a vowel is followed by a consonant in the first `length` letters. */
function measure(text: string, length: number): number {
  let count = 0
  let wasVowel = false
  for (let i = 0; i < length; i++) {
    const isVowel = !isConsonant(text, i)
    if (wasVowel && !isVowel) count++
    wasVowel = isVowel
  }
  return count
}

function hasVowel(text: string, length: number): boolean {
  for (let i = 0; i < length; i++) if (!isConsonant(text, i)) return true
  return false
}

function endsInDouble(text: string): boolean {
  const last = text.length - 1
  return last >= 1 && text[last] === text[last - 1] && isConsonant(text, last)
}

/** Consonant, vowel, consonant other than w, x, y at the end of the first `length` letters. */
function endsShort(text: string, length: number): boolean {
  const last = length - 1
  if (last < 2 || !isConsonant(text, last) || isConsonant(text, last - 1) || !isConsonant(text, last - 2)) return false
  return !'wxy'.includes(text[last]!)
}

function stepPlural(text: string): string {
  if (!text.endsWith('s')) return text
  if (text.endsWith('sses') || text.endsWith('ies')) return text.slice(0, -2)
  return text.endsWith('ss') ? text : text.slice(0, -1)
}

function stepPast(text: string): string {
  if (text.endsWith('eed')) return measure(text, text.length - 3) > 0 ? text.slice(0, -1) : text
  const ending = text.endsWith('ed') ? 2 : text.endsWith('ing') ? 3 : 0
  if (ending === 0 || !hasVowel(text, text.length - ending)) return text
  const rest = text.slice(0, -ending)
  if (rest.endsWith('at') || rest.endsWith('bl') || rest.endsWith('iz')) return `${rest}e`
  if (endsInDouble(rest)) return 'lsz'.includes(rest.at(-1)!) ? rest : rest.slice(0, -1)
  return measure(rest, rest.length) === 1 && endsShort(rest, rest.length) ? `${rest}e` : rest
}

function stepFinalY(text: string): string {
  return text.endsWith('y') && hasVowel(text, text.length - 1) ? `${text.slice(0, -1)}i` : text
}

// Of two endings that fit, the one that stands first is meant, whether its condition holds or not.
const doubleSuffixes = group([
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['bli', 'ble'],
  ['alli', 'al'],
  ['entli', 'ent'],
  ['eli', 'e'],
  ['ousli', 'ous'],
  ['ization', 'ize'],
  ['ation', 'ate'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['biliti', 'ble'],
  ['logi', 'log'],
])
const fullSuffixes = group([
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
])
const droppedSuffixes = group(
  'al ance ence er ic able ible ant ement ment ent sion tion ou ism ate iti ous ive ize'
    .split(' ')
    .map((ending) => [ending, ending.endsWith('ion') ? ending[0]! : '']),
)

type Endings = ReadonlyMap<string, readonly (readonly [ending: string, replacement: string])[]>

/** By last letter, so that most words are compared with few endings. */
function group(pairs: readonly (readonly [string, string])[] | string[][]): Endings {
  return Map.groupBy(pairs as readonly (readonly [string, string])[], ([ending]) => ending.at(-1)!)
}

function replaceEnding(text: string, endings: Endings, minimum: number): string {
  for (const [ending, replacement] of endings.get(text.at(-1) ?? '') ?? []) {
    if (!text.endsWith(ending)) continue
    const rest = text.length - ending.length
    return measure(text, rest) > minimum ? text.slice(0, rest) + replacement : text
  }
  return text
}

function dropEnding(text: string): string {
  for (const [ending, kept] of droppedSuffixes.get(text.at(-1) ?? '') ?? []) {
    if (!text.endsWith(ending)) continue
    // Of `sion` and `tion`, the first letter stays and counts as part of the stem.
    const rest = text.length - ending.length + kept.length
    return measure(text, rest) > 1 ? text.slice(0, rest) : text
  }
  return text
}

function stepFinalE(text: string): string {
  let stemmed = text
  if (stemmed.endsWith('e')) {
    const length = stemmed.length - 1
    const count = measure(stemmed, length)
    if (count > 1 || (count === 1 && !endsShort(stemmed, length))) stemmed = stemmed.slice(0, -1)
  }
  return stemmed.endsWith('ll') && measure(stemmed, stemmed.length) > 1 ? stemmed.slice(0, -1) : stemmed
}
