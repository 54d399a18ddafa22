const cache = new Map<string, RegExp>()

/**
 * True if the text mentions the phrase as words of its own: `cabinet 1` is not mentioned in "cabinet 12". Case and the amount of white
 * space do not matter.
 */
export function mentions(text: string, phrase: string): boolean {
  let pattern = cache.get(phrase)
  if (pattern === undefined) {
    // Privileged strings repeat along a trajectory but not for ever.
    if (cache.size > 10_000) cache.clear()
    pattern = new RegExp(phrasePattern(phrase), 'iu')
    cache.set(phrase, pattern)
  }
  return pattern.test(text)
}

/** The source of a regular expression that matches a phrase as words of its own. */
export function phrasePattern(phrase: string): string {
  const words = phrase.trim().split(/\s+/).map(escapePattern).join('\\s+')
  const before = /^[\p{L}\p{N}_]/u.test(phrase.trim()) ? '(?<![\\p{L}\\p{N}_])' : ''
  const after = /[\p{L}\p{N}_]$/u.test(phrase.trim()) ? '(?![\\p{L}\\p{N}_])' : ''
  return `${before}${words}${after}`
}

/** Makes a string match itself in a regular expression with the `u` flag. */
function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

/** In words, from the first. */
export const ordinals: readonly string[] = [
  ...['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'],
]
