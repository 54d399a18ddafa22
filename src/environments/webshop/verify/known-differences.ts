/** Differences that cannot be avoided and are no fault of the engine. Each is accepted only where its cause is shown to be at work. */
export const knownDifferences = {
  tagger:
    'reward of a purchase: equal but for r_type, which depends on the nouns that a tagger finds (spaCy, in one of two models)',
  'drawn-price':
    'reward of a purchase: equal but for the price part of a product with a price range, whose price WebShop draws from an unseeded generator',
  'sampled-candidates': 'candidates: more than 20 are possible, and the recorded list is a random sample of them',
  'own-search': 'candidates of the search page: the recorded agent put search words of its own there',
} as const

export type KnownDifference = keyof typeof knownDifferences
