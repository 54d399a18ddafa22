import { createRandom, type Random } from '../../../support/random.ts'

/** How flat the curve of frequencies begins: with 15 the commonest word is in four of ten products, as in WebShop's. */
const flatness = 15

/** Words as frequent as in texts of shops (Zipf's law with Mandelbrot's offset). */
export function drawWord(random: Random, vocabulary: number): string {
  const rank = Math.floor(flatness * (Math.exp(random.next() * Math.log1p(vocabulary / flatness)) - 1))
  // Letters make words that are stemmed and cut as words are.
  let text = ''
  for (let rest = rank + 26; rest > 0; rest = Math.floor(rest / 26)) text += 'etaoinshrdlucmfwypvbgkjqxz'[rest % 26]
  return text
}

export interface RandomRecordOptions {
  readonly count: number
  readonly seed: number
  /** Different words. */
  readonly vocabulary: number
  /** Words of title, description and first bullet point together, on average. */
  readonly words: number
}

/** Records in the format of `items_shuffle*.json` made of random words, with attributes and requests: for tests of size, not of sense. */
export function* randomRecords({ count, seed, vocabulary, words }: RandomRecordOptions) {
  const random = createRandom(seed, 'random-records')
  // Every third word repeats one of the same product, as texts about one thing do.
  let used: string[] = []
  const word = () => {
    if (used.length > 0 && random.next() < 0.35) return random.choice(used)
    const drawn = drawWord(random, vocabulary)
    used.push(drawn)
    return drawn
  }
  const phrase = (length: number) => Array.from({ length }, word).join(' ')
  for (let i = 0; i < count; i++) {
    used = []
    const asin = `B${i.toString(36).toUpperCase().padStart(8, '0')}${random.integer(10)}`
    const attributes = [phrase(2), phrase(2)]
    const hasRange = random.next() < 0.2
    const price = 5 + random.integer(20_000) / 100
    yield {
      record: {
        asin,
        name: phrase(8 + random.integer(10)),
        category: random.choice(['beauty', 'electronics', 'fashion', 'garden', 'grocery']),
        query: phrase(2),
        product_category: `${phrase(1)} › ${phrase(1)}`,
        full_description: phrase(random.integer(2 * Math.max(1, words - 30))),
        small_description: [phrase(5 + random.integer(25)), phrase(12)],
        pricing: hasRange ? `$${price}$${price + 10}` : `$${price}`,
        images: ['https://example.org/a.jpg'],
        customization_options:
          random.next() < 0.5
            ? ''
            : { Color: [{ value: phrase(1) }, { value: phrase(1) }], Size: [{ value: 'S/M' }, { value: 'L' }] },
      },
      annotation: {
        attributes,
        ...(random.next() < 0.4 ? { instruction: `Find me ${phrase(5)}`, instruction_attributes: attributes } : {}),
      },
    }
  }
}
