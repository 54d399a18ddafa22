import type { SftExample } from '../../../contracts/example.ts'
import { createRandom, deriveSeed } from '../../../support/random.ts'
import { makeStroll, openStrollShop } from './shop-stroll.ts'

/** Rows of the kind that the shop's base student was pretrained on: mixed into later training, they keep its reading skills alive. A shop of its own seed. */
export function shopReplayRows(strolls: number, seed: number): SftExample[] {
  const shop = openStrollShop(deriveSeed(seed, 'replay shop'), 400)
  return Array.from({ length: strolls }, (_, index) => {
    const random = createRandom(seed, 'replay', index)
    const settings = { id: `replay/${index}#0`, steps: 1 + random.integer(9), questionsPerPage: 5 }
    return makeStroll(shop, settings, random).map(({ example }) => example)
  }).flat()
}
