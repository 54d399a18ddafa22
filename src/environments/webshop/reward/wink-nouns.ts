import { LeapError } from '../../../contracts/error.ts'
import type { NounExtractor } from './nouns.ts'

/** What is used of wink-nlp. */
interface WinkModule {
  default: (model: unknown) => {
    readDoc(text: string): { tokens(): { out(its?: unknown): string[] } }
    its: { pos: unknown }
  }
}

/** Titles whose nouns are remembered: a teacher judges the same products at every step. */
const remembered = 50_000

/**
 * Nouns by the tagger of wink-nlp (tokens tagged NOUN or PROPN), which whoever wants it installs: `npm install wink-nlp wink-eng-lite-web-model`. Agrees
 * with spaCy about as often as the word list does (docs/webshop.md). About 0.4 ms a title.
 *
 * @throws LeapError `TAGGER_MISSING`
 */
export async function winkNouns(
  load: (name: string) => Promise<unknown> = (name) => import(name),
): Promise<NounExtractor> {
  const [wink, model] = (await Promise.all(['wink-nlp', 'wink-eng-lite-web-model'].map(load)).catch((cause: Error) => {
    throw new LeapError({
      code: 'TAGGER_MISSING',
      message: `expected the packages wink-nlp and wink-eng-lite-web-model, found: ${cause.message}`,
      remedy: 'npm install wink-nlp wink-eng-lite-web-model, or leave the default tagger.',
      cause,
    })
  })) as [WinkModule, { default: unknown }]
  const tagger = wink.default(model.default)
  const known = new Map<string, readonly string[]>()
  const tag = (title: string): readonly string[] => {
    const tokens = tagger.readDoc(title).tokens()
    const tags = tokens.out(tagger.its.pos)
    return tokens
      .out()
      .filter((_, index) => tags[index] === 'NOUN' || tags[index] === 'PROPN')
      .map((word) => word.toLowerCase())
  }
  return (title) => {
    const found = known.get(title)
    if (found !== undefined) return found
    if (known.size >= remembered) known.clear()
    const nouns = tag(title)
    known.set(title, nouns)
    return nouns
  }
}
