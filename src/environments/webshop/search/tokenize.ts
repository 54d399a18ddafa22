/** Longest token of Lucene's StandardTokenizer, in UTF-16 units; longer ones are cut into pieces of this length. */
const longest = 255

const segmenter = new Intl.Segmenter('en', { granularity: 'word' })
const ideograph = /[\p{Script=Han}\p{Script=Hiragana}]/u
/** Underscores and their like, which join letters and are no word by themselves. */
const connectors = /^\p{Pc}+$/u
/** Characters that Lucene's tables take for emoji and present ones do not. */
const pictograph =
  /^(?:[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u2388\u23cf\u23e9-\u23f3\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2605\u2607-\u2612\u2614-\u2685\u2690-\u2705\u2708-\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757\u2763-\u2767\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299]|\p{Extended_Pictographic})/u

/**
 * Words of a text as Lucene's StandardTokenizer finds them (Unicode text segmentation, UAX #29). Runs of ASCII are cut by the rules
 * written out below; others by the platform's segmenter, with what it lost since Unicode 12 put back.
 */
export function tokenize(text: string): string[] {
  const tokens: string[] = []
  for (const run of text.match(/[^\s]+/g) ?? []) {
    if (isAscii(run)) cutAscii(run, tokens)
    else cutUnicode(run, tokens)
  }
  return tokens
}

function isAscii(run: string): boolean {
  for (let i = 0; i < run.length; i++) if (run.charCodeAt(i) > 127) return false
  return true
}

const letter = 1
const digit = 2
const underscore = 3
/** Joins letters: colon. */
const middleLetter = 4
/** Joins letters, and joins digits: full stop and apostrophe. */
const middleBoth = 5
/** Joins digits: comma and semicolon. */
const middleDigit = 6

const kinds = new Uint8Array(128)
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code)
  if (/[a-z]/i.test(char)) kinds[code] = letter
  else if (/[0-9]/.test(char)) kinds[code] = digit
}
kinds['_'.charCodeAt(0)] = underscore
kinds[':'.charCodeAt(0)] = middleLetter
kinds['.'.charCodeAt(0)] = middleBoth
kinds["'".charCodeAt(0)] = middleBoth
kinds[','.charCodeAt(0)] = middleDigit
kinds[';'.charCodeAt(0)] = middleDigit

function cutAscii(run: string, tokens: string[]): void {
  let start = 0
  while (start < run.length) {
    let kind = kinds[run.charCodeAt(start)]!
    if (kind === 0 || kind > underscore) {
      start++
      continue
    }
    let hasWord = kind !== underscore
    let end = start + 1
    for (; end < run.length; end++) {
      const next = kinds[run.charCodeAt(end)]!
      if (next === 0) break
      if (next > underscore) {
        const after = end + 1 < run.length ? kinds[run.charCodeAt(end + 1)]! : 0
        const joins =
          after === kind && (kind === letter ? next !== middleDigit : kind === digit && next !== middleLetter)
        if (!joins) break
        end++
        continue
      }
      kind = next
      hasWord ||= next !== underscore
    }
    if (hasWord) addToken(run.slice(start, end), tokens)
    start = end
  }
}

function cutUnicode(run: string, tokens: string[]): void {
  for (const { segment, isWordLike } of segmenter.segment(run)) {
    if (isWordLike) {
      if (connectors.test(segment)) continue
      if (ideograph.test(segment)) cutIdeographs(segment, tokens)
      else addToken(segment, tokens)
    } else if (pictograph.test(segment)) addToken(segment, tokens)
  }
}

/** Lucene makes a token of each ideograph, where the platform looks words up. */
function cutIdeographs(segment: string, tokens: string[]): void {
  let rest = ''
  for (const char of segment) {
    if (!ideograph.test(char)) rest += char
    else {
      if (rest !== '') addToken(rest, tokens)
      rest = ''
      addToken(char, tokens)
    }
  }
  if (rest !== '') addToken(rest, tokens)
}

function addToken(token: string, tokens: string[]): void {
  for (let start = 0; start < token.length; start += longest) tokens.push(token.slice(start, start + longest))
}
