import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadShopData } from './loading/load-shop-data.ts'
import { readAttributes, readInstructions } from './loading/read-annotations.ts'
import { openNouns } from './reward/open-nouns.ts'
import { meetsOption } from './reward/reward.ts'
import { judgeType } from './reward/type-reward.ts'
import { analyzeWithPositions } from './search/analyze.ts'
import { documentText } from './search/document-text.ts'
import { openShop } from './shop.ts'
import { htmlOutline } from './testing/html-outline.ts'
import { compareTypes } from './verify/check-types.ts'
import { fullType } from './verify/full-type.ts'
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

  it.each([
    'words',
    'wink',
  ])('gives r_type as runs with spaCy did in most purchases, by the nouns of %s', async (named) => {
    const agreement = await compareTypes(`${data}parity/title_score_spacy.jsonl`, await openNouns(named))
    expect(agreement).toMatchObject({ rows: 95, types: 91 })
    expect(agreement.sameTypes).toBeGreaterThanOrEqual(85)
    expect(agreement.meanError).toBeLessThan(0.05)
  })

  it('adds the parts of logged rewards up as the servers did', () => {
    const logs = rows('parity/reward_logs.jsonl')
    expect(logs).toHaveLength(129)
    for (const { goal, content, reward, reward_info: info } of logs) {
      const options = Object.values(content.options as Record<string, string>)
      const wanted = (goal.goal_options as string[]).map((value) => ({ value }))
      const met = wanted.filter((option) => options.some((value) => meetsOption(value, option))).length
      if (wanted.length > 0) expect(info.r_option).toBeCloseTo(met / wanted.length, 9)
      const parts = goal.attributes.length + wanted.length + 1
      const matched = Math.round(info.r_att * goal.attributes.length) + met + Number(content.price <= goal.price_upper)
      expect(reward).toBeCloseTo((info.r_type * matched) / parts, 9)
      expect(judgeType(info.query_match || info.category_match, info.title_score)).toBe(info.r_type)
    }
  })

  it('shows pages in HTML with the texts, buttons, links, images and radio inputs of the templates', () => {
    const shop = openShop({ ...load(), judgeType: fullType })
    const steps = rows('parity/golden_steps_1k.jsonl')
    const pages = read('parity/golden_html_1k.json') as { ep: number; step: number; kind: string; html: string }[]
    const compared: string[] = []
    expect(pages).toHaveLength(8)
    for (const { ep, step, kind, html } of pages) {
      // Pages of episodes whose steps are not at hand cannot be reached.
      const actions = steps.filter((row) => row.ep === ep && row.step > 0 && row.step <= step)
      if (actions.length < step) continue
      compared.push(kind)
      const session = shop.start(ep)
      for (const { action } of actions) session.step(action)
      expect(htmlOutline(session.observe('html')), kind).toEqual(htmlOutline(html))
    }
    expect(compared).toEqual(['search_results', 'item_page', 'item_page_options', 'index'])
  })
})
