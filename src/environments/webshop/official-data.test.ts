import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadShopData } from './loading/load-shop-data.ts'
import { readAttributes, readInstructions } from './loading/read-annotations.ts'
import { analyzeWithPositions } from './search/analyze.ts'
import { documentText } from './search/document-text.ts'
import { verifyWebshop } from './verify/verify.ts'

const data = fileURLToPath(new URL('../../../../shared/data/webshop/', import.meta.url))
const isAbsent = !existsSync(data)
if (isAbsent) console.warn(`skipped: the official products are not at ${data}`)

const read = (name: string) => JSON.parse(readFileSync(`${data}${name}`, 'utf8'))
const rows = (name: string) =>
  readFileSync(`${data}${name}`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
const load = (isHuman = false) =>
  loadShopData({
    records: read('rebuilt/items_shuffle_1000.json'),
    attributes: readAttributes(read('official/items_ins_v2_1000.json'), 'items_ins_v2'),
    ...(isHuman ? { instructions: readInstructions(read('rebuilt/items_human_ins.json'), 'items_human_ins') } : {}),
  })

/** Plays recordings against the engine; what is printed is shown if there is a difference. */
async function verify(recordings: Parameters<typeof verifyWebshop>[0]['recordings']) {
  const printed: string[] = []
  const report = await verifyWebshop({ data, recordings }, (line) => printed.push(line))
  expect(report.differences, printed.join('\n')).toBe(0)
  return report
}

// Seconds on a free machine; the limit only ends what hangs.
describe.skipIf(isAbsent)('the official small set', { timeout: 600_000 }, () => {
  it('gives all synthetic goals in order, with prices and bounds of Python from the same seed', () => {
    const { catalogue, goals } = load()
    expect(catalogue.size).toBe(1000)
    const prices: Record<string, number> = read('goals/product_prices_1k_seed7.json')
    expect(Object.keys(prices).map((asin) => catalogue.price(catalogue.indexOf(asin)!))).toEqual(Object.values(prices))
    const expected = rows('goals/synthetic_1k_seed7.jsonl')
    expect(goals).toHaveLength(expected.length)
    for (const { idx, asin, instruction_text, attributes, price_upper, goal_options, weight } of expected) {
      const goal = goals[idx]!
      const options = Object.fromEntries(goal.options.map(({ name, value }) => [name, value]))
      expect({ ...goal, options }).toMatchObject({
        asin,
        instruction: instruction_text,
        attributes,
        options: goal_options,
      })
      expect(goal.priceUpper).toBe(price_upper)
      expect(goal.weight).toBeCloseTo(weight, 11)
    }
  })

  it('gives the 13 human goals whose products it has', () => {
    const { goals } = load(true)
    expect(goals).toHaveLength(13)
    expect(goals.every(({ weight, options }) => weight === 1 && options.every(({ name }) => name === undefined))).toBe(
      true,
    )
  })

  it('is analysed as in the real index: tokens and positions of all products', () => {
    const { catalogue } = load()
    const expected = rows('parity/lucene_tokens_1k.jsonl')
    expect(expected).toHaveLength(1000)
    for (const { id, tokens, positions } of expected) {
      const terms = analyzeWithPositions(documentText(catalogue.product(catalogue.indexOf(id)!)))
      expect(terms.map(({ text }) => text)).toEqual(tokens)
      expect(terms.map(({ position }) => position)).toEqual(positions)
    }
  })

  it('is searched as by real Lucene', async () => {
    expect((await verify({ pages: [`${data}parity/search_pages_1k.jsonl`] })).compared).toBe(468)
  })

  it('plays 402 published conversations again', async () => {
    expect((await verify({ episodes: [`${data}transcripts/agenttraj_webshop_402.jsonl`] })).compared).toBe(2050)
  })

  it("plays episodes of LEAP's wrapper again, but for the tagger's share of two rewards", async () => {
    const report = await verify({ episodes: [`${data}transcripts/text_rich_bert_20.json`] })
    expect(report).toMatchObject({ compared: 514, known: 42 })
  })

  it('does after odd actions what the Python server does, in text, rich text, URL and state', async () => {
    expect((await verify({ steps: [`${data}parity/golden_steps_1k.jsonl`] })).compared).toBe(302)
  })

  it('rewards as Python does, apart from the tagger', async () => {
    const report = await verify({
      rewards: [`${data}parity/reward_components_1k.jsonl`],
      ratios: [`${data}parity/token_set_ratio.jsonl`],
    })
    expect(report).toMatchObject({ compared: 2255, known: 0 })
  })
})
