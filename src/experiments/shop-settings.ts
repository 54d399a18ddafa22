import { z } from 'zod'

/** What a configuration says about the shop. */
export const shopSchema = z.strictObject({
  /**
   * What becomes of a list of more than 20 candidates: `relevant` keeps what is needed, chosen or in the request's words; `sample` draws 10 behind the first 6, as LEAP's wrapper
   * (of the run's seed; can lose the option that is needed); `none` keeps all.
   */
  candidates: z.enum(['relevant', 'sample', 'none']).default('relevant'),
  /** Do what LEAP's wrapper does by mistake: a click on a product also opens its description and features unseen. Only to compare with LEAP's own numbers. */
  strictUpstream: z.boolean().default(false),
  /** Whose nouns decide whether the right kind of thing was bought: `words` (a list), `wink` (the tagger of wink-nlp), or a JSON file {title: [noun, ...]}. */
  nouns: z.string().min(1).default('words'),
  /** Of official data: the requests that people wrote, those of the attributes file, or `auto`, the former where at least 500 of them have their product (the latter of more than 100,000 products only if asked for). */
  goals: z.enum(['auto', 'human', 'synthetic']).default('auto'),
  /** JSON file {ASIN: dollars}: what products cost at purchase. Absent: prices of ranges are drawn from the seed. */
  prices: z.string().optional(),
  /** JSON Lines file {"idx", "price_upper"}: the price bounds of requests. Absent: drawn from the seed. */
  bounds: z.string().optional(),
})
export type ShopSettings = z.infer<typeof shopSchema>
