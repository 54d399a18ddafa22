import { LeapError } from '../../../contracts/error.ts'
import type { NounExtractor } from './nouns.ts'

/** What is used of wink-nlp. */
interface WinkModule {
  default: (model: unknown) => {
    readDoc(text: string): { tokens(): { out(its?: unknown): string[] } }
    its: { pos: unknown }
  }
}

/**
 * Nouns by the tagger of wink-nlp (tokens tagged NOUN or PROPN), which whoever wants it installs: `npm install wink-nlp wink-eng-lite-web-model`. Agrees
 * with spaCy about as often as the word list does.
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
  return (title) => {
    const tokens = tagger.readDoc(title).tokens()
    const tags = tokens.out(tagger.its.pos)
    return tokens
      .out()
      .filter((_, index) => tags[index] === 'NOUN' || tags[index] === 'PROPN')
      .map((word) => word.toLowerCase())
  }
}
