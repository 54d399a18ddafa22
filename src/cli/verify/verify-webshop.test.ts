import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
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

/** What a correct recording of a search and two clicks holds, with all state of the server. */
function steps(ep: number) {
  const session = shop.start(ep)
  const title = session.goal.name.toLowerCase()
  const record = (step: number, action: string | null) => {
    const { reward, done } = action === null ? { reward: 0, done: false } : session.step(action)
    return {
      ...{ ep, step, action, reward, done },
      ...{ text: session.observe('text'), text_rich: session.observe('text_rich'), url: session.observe('url') },
      has_search_bar: session.hasSearchBar,
      clickables: [...session.clickables.keys()],
      session: {
        page: session.pageNumber ?? null,
        keywords: session.keywords ?? null,
        asin: session.product?.asin ?? null,
        asins: [...session.visited].sort(),
        options: Object.fromEntries(session.options),
        actions: Object.fromEntries(session.actionCounts),
      },
    }
  }
  return [null, `search[${title}]`, 'click[next >]', 'click[< prev]'].map((action, step) => record(step, action))
}

it('does not blame the engine for steps that are missing: one difference for a gap', async () => {
  await write('steps.jsonl', [...steps(1), ...steps(2)])
  expect(await verify('--steps', 'steps.jsonl')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('8 steps compared, 0 differences'),
  })
  await write('steps.jsonl', [...steps(1).toSpliced(1, 1), ...steps(2)])
  const gap = await verify('--steps', 'steps.jsonl')
  expect(gap.code).toBe(1)
  expect(gap.stdout).toContain('expected step 1 of episode 1\n  found    step 2 of episode 1')
  expect(gap.stdout).toContain('5 steps compared, 1 differences')
})

it('reads what other machines write: packed, with line ends and marks of their own', async () => {
  const rows = [
    { a: 'red cup', b: 'cup red', score: 100 },
    { a: 'red', b: 'cup', score: 0 },
  ]
  const text = `\ufeff${rows.map((row) => JSON.stringify(row)).join('\r\n\r\n')}\r\n  \r\n`
  await writeFile(join(folder, 'ratios.jsonl'), text)
  await writeFile(join(folder, 'ratios.jsonl.gz'), gzipSync(text))
  for (const name of ['ratios.jsonl', 'ratios.jsonl.gz'])
    expect((await verify('--ratios', name)).stdout).toContain('2 ratios compared, 0 differences')
})

it.each([
  ['empty.jsonl', '\n \n', '[RECORDING_INVALID]', 'expected rows, found none'],
  ['list.jsonl', '[1]', '[RECORDING_INVALID]', 'list.jsonl:1: Invalid input: expected object'],
  ['torn.jsonl', '{"a": "red", "b', '[RECORDING_INVALID]', 'torn.jsonl:1: expected JSON'],
  ['torn.gz', Buffer.of(0x1f, 0x8b, 8, 0), '[RECORDING_UNREADABLE]', 'unexpected end of file'],
  ['none.jsonl', undefined, '[RECORDING_UNREADABLE]', 'no such file'],
])('refuses %s beside a good file', async (name, content, code, message) => {
  await write('good.jsonl', [{ a: 'red', b: 'red', score: 100 }])
  if (content !== undefined) await writeFile(join(folder, name), content)
  const result = await verify('--ratios', 'good.jsonl', name)
  expect(result.code).toBe(1)
  expect(result.stderr).toContain(code)
  expect(result.stderr).toContain(message)
})

it('says which data file is damaged, and what to give where there is none', async () => {
  await writeFile(join(folder, 'items_shuffle.json'), JSON.stringify(records).slice(0, 5000))
  await write('ratios.jsonl', [{ a: 'red', b: 'red', score: 100 }])
  const torn = await verify('--ratios', 'ratios.jsonl')
  expect(torn.code).toBe(1)
  expect(torn.stderr).toMatch(/\[DATA_UNREADABLE\].*items_shuffle\.json: expected JSON/)
  await rm(join(folder, 'items_ins_v2.json'))
  expect((await verify('--ratios', 'ratios.jsonl')).stderr).toContain('[DATA_MISSING]')
  expect((await verify('--ratios', 'ratios.jsonl', '--data', 'ratios.jsonl')).stderr).toContain('expected a folder')
})

it('reports how often types are as recorded, by the nouns that are asked for, and takes it for no check', async () => {
  await write('types.jsonl', [{ goal_name: 'red cup', purchased_name: 'blue bowl', title_score: 1, r_type: 1 }])
  await writeFile(join(folder, 'nouns.json'), JSON.stringify({ 'red cup': ['thing'], 'blue bowl': ['thing'] }))
  const words = await verify('--types', 'types.jsonl')
  expect(words.code).toBe(1)
  expect(words.stdout).toContain('in 0 of 1 purchases')
  expect(words.stderr).toContain('nothing was compared')
  expect((await verify('--types', 'types.jsonl', '--nouns', 'nouns.json')).stdout).toContain('in 1 of 1 purchases')
  expect((await verify('--types', 'types.jsonl', '--nouns', 'spacy')).stderr).toContain('[NOUNS_INVALID]')
})
