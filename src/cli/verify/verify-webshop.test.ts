import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadShopData } from '../../environments/webshop/loading/load-shop-data.ts'
import { readAttributes } from '../../environments/webshop/loading/read-annotations.ts'
import { openShop } from '../../environments/webshop/shop.ts'
import { randomRecords } from '../../environments/webshop/testing/random-records.ts'
import { runCli } from '../run-cli.ts'
import { testContext } from '../testing/test-context.ts'

const rows = [...randomRecords({ count: 200, seed: 3, vocabulary: 300, words: 40 })]
const records = rows.map(({ record }) => record)
const annotations = Object.fromEntries(rows.map(({ record, annotation }) => [record.asin, annotation]))
const shop = openShop(loadShopData({ records, attributes: readAttributes(annotations, 'test') }))

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-verify-'))
  await writeFile(join(folder, 'items_shuffle.json'), JSON.stringify(records))
  await writeFile(join(folder, 'items_ins_v2.json'), JSON.stringify(annotations))
})
afterEach(() => rm(folder, { recursive: true }))

async function verify(...argv: string[]) {
  const { context, stdout, stderr } = testContext({ cwd: folder })
  return {
    code: await runCli(['verify', 'webshop', '--data', '.', ...argv], context),
    stdout: stdout(),
    stderr: stderr(),
  }
}
const write = (name: string, lines: unknown[]) =>
  writeFile(join(folder, name), lines.map((line) => JSON.stringify(line)).join('\n'))

/** What a correct recording of a search and a click holds, in the format of conversations. */
function conversation() {
  const session = shop.start(4)
  const turns = [session.observe('text')]
  const actions = [`search[${session.goal.name}]`, 'click[next >]', 'click[back to search]']
  for (const action of actions) {
    session.step(action)
    turns.push(session.observe('text'))
  }
  const value = (text: string, index: number) => [
    { from: 'human', value: text },
    ...(index < actions.length ? [{ from: 'gpt', value: `Thought: so.\n\nAction:\n${actions[index]} ` }] : []),
  ]
  const opening = [
    { from: 'human', value: 'You are shopping.' },
    { from: 'gpt', value: 'Ok.' },
  ]
  return { item_id: 'webshop_4', conversations: [...opening, ...turns.flatMap(value)] }
}

it('passes recordings that are the same, and fails on one that differs in anything', async () => {
  await write('ratios.jsonl', [{ a: 'red cup', b: 'cup red', score: 100 }])
  await write('episodes.jsonl', [conversation()])
  const same = await verify('--ratios', 'ratios.jsonl', '--episodes', 'episodes.jsonl')
  expect(same.code, same.stdout).toBe(0)
  expect(same.stdout).toContain('4 observations compared, 0 differences')
  const { item_id, conversations } = conversation()
  conversations[4]!.value = conversations[4]!.value.replace('Page 1', 'Page 3')
  await write('episodes.jsonl', [{ item_id, conversations }])
  const other = await verify('--episodes', 'episodes.jsonl')
  expect(other.code).toBe(1)
  expect(other.stdout).toContain('episodes.jsonl:1: observation after "search[')
  expect(other.stdout).toContain('1 unexplained differences')
})

it('finds differences of pages, steps and rewards', async () => {
  const query = shop.catalogue.product(0).title
  const hits = shop.catalogue.search(query, 50)
  const asins = hits.slice(0, 10).map((index) => shop.catalogue.product(index).asin)
  await write('pages.jsonl', [
    { query, page: 1, total: hits.length, asins },
    { query, page: 1, asins: asins.toReversed() },
  ])
  const { code, stdout } = await verify('--pages', 'pages.jsonl')
  expect(code).toBe(1)
  expect(stdout).toContain('2 pages compared, 1 differences')
})

it('fails if nothing was compared, and names line and field of what it cannot read', async () => {
  expect(await verify()).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing was compared') })
  await write('ratios.jsonl', [{ a: 'red', b: 'cup', score: 'x' }])
  const { code, stderr } = await verify('--ratios', 'ratios.jsonl')
  expect(code).toBe(1)
  expect(stderr).toContain('[RECORDING_INVALID]')
  expect(stderr).toMatch(/ratios\.jsonl:1: field "score"/)
})
