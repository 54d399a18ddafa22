import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateShop } from '../src/environments/webshop/generator/generate-shop.ts'
import { tokenSetRatio } from '../src/environments/webshop/reward/token-set-ratio.ts'
import { openShop, type Shop } from '../src/environments/webshop/shop.ts'
import { openShopOf } from '../src/experiments/domains/open-shop.ts'
import { createRandom, type Random } from '../src/support/random.ts'
import { type PythonPeer, startPythonPeer } from './python-peer.ts'

const episodeCount = 40
const longest = 25
const queryCount = 300
const pairCount = 3000
const rounds = 3

/** What both sides are given: the same goals with the same actions, the same queries, the same pairs of texts. */
interface Work {
  steps: [goal: number, actions: string[]][]
  searches: string[]
  ratios: [string, string][]
}

interface Greeting {
  versions: string[]
  replaced: string[]
  goals: number
}

const everyWord = (title: string) => title.match(/[A-Za-z]+/g)?.map((word) => word.toLowerCase()) ?? []

interface Timed {
  wall: number
  processor: number
  result: unknown
}

/**
 * Steps, searches and comparisons of texts a second: in the original too, in turns on the same data, where LEAP_PEER_WEBSHOP names a checkout of it that can be run (data and index
 * of 1,000 products as its setup.sh makes them) and LEAP_PEER_PYTHON its Python. Throws if the two do not see the same pages.
 */
export async function run(print: (line: string) => void): Promise<void> {
  const { LEAP_PEER_WEBSHOP: checkout, LEAP_PEER_PYTHON: python } = process.env
  if (!checkout || !python) {
    const folder = await mkdtemp(join(tmpdir(), 'leap-bench-shop-'))
    try {
      await measureAlone(folder, print)
    } finally {
      await rm(folder, { recursive: true })
    }
    return
  }
  const data = join(checkout, 'data')
  if (!existsSync(data)) throw new Error(`LEAP_PEER_WEBSHOP: expected a folder data in ${checkout}, found none`)
  const { shop, source } = await openShopOf({ path: data, products: 0, seed: 7, settings: { goals: 'synthetic' } })
  print(`webshop: ${source}`)
  const peer = await startPythonPeer(python, [join(import.meta.dirname, 'peer-webshop.py'), checkout])
  try {
    const { replaced } = peer.greeting as Greeting
    // Its stand-in for spaCy takes every word for a noun; then so do we.
    const judged = replaced.includes('spacy') ? openShop({ ...shop, nouns: everyWord }) : shop
    await compare(judged, peer, print)
  } finally {
    await peer.close()
  }
}

async function measureAlone(folder: string, print: (line: string) => void): Promise<void> {
  const files = generateShop({ seed: 1, products: 1000 })
  await writeFile(join(folder, 'items_shuffle_1000.json'), JSON.stringify(files.products))
  await writeFile(join(folder, 'items_ins_v2_1000.json'), JSON.stringify(files.attributes))
  await writeFile(join(folder, 'items_human_ins.json'), JSON.stringify(files.instructions))
  const { shop } = await openShopOf({ path: folder, products: 0, seed: 7 })
  print('webshop: a generated shop of 1,000 products (with LEAP_PEER_WEBSHOP and LEAP_PEER_PYTHON beside the original)')
  const work = drawWork(shop)
  for (const [name, { count, unit, own }] of Object.entries(tasksOf(shop, work))) {
    const { processor } = repeat(own)
    print(`  ${name}: ${perSecond(count, processor)} ${unit}/s of processor time`)
  }
}

async function compare(shop: Shop, peer: PythonPeer, print: (line: string) => void): Promise<void> {
  const { versions, replaced, goals } = peer.greeting as Greeting
  print(`  original: ${versions.join(', ')}; replaced by stand-ins: ${replaced.join(', ') || 'nothing'}`)
  if (goals !== shop.goals.length)
    throw new Error(`expected ${shop.goals.length} goals in the original, found ${goals}`)
  const work = drawWork(shop)
  for (const [name, { count, unit, own, request }] of Object.entries(tasksOf(shop, work))) {
    const ours: Timed[] = []
    const theirs: Timed[] = []
    for (let round = 0; round < rounds; round++) {
      ours.push(repeat(own))
      theirs.push((await peer.ask(request)) as Timed)
    }
    const same = countSame(ours[0]!.result, theirs[0]!.result)
    const best = (times: readonly Timed[], clock: 'wall' | 'processor') => Math.min(...times.map((time) => time[clock]))
    const ratio = (clock: 'wall' | 'processor') => (best(theirs, clock) / best(ours, clock)).toFixed(0)
    print(
      `  ${name}: ${perSecond(count, best(ours, 'processor'))} ${unit}/s of processor time, original ${perSecond(count, best(theirs, 'processor'))}:` +
        ` ${ratio('processor')} times (${ratio('wall')} by the clock); ${same.equal} of ${same.all} results equal`,
    )
    if (name === 'steps' && same.equal < 0.99 * same.all) throw new Error('the two shops show different pages')
  }
}

interface Task {
  count: number
  unit: string
  own: () => unknown
  request: { do: string; on: unknown }
}

function tasksOf(shop: Shop, work: Work): Record<string, Task> {
  const asins = (query: string) => shop.catalogue.search(query, 50).map((index) => shop.catalogue.product(index).asin)
  return {
    steps: {
      count: work.steps.reduce((sum, [, actions]) => sum + actions.length + 1, 0),
      unit: 'steps',
      own: () => work.steps.map(([goal, actions]) => play(shop, goal, actions)),
      request: { do: 'steps', on: work.steps },
    },
    'searches with their products': {
      count: work.searches.length,
      unit: 'searches',
      own: () => work.searches.map(asins),
      request: { do: 'searches', on: work.searches },
    },
    'searches, Lucene alone': {
      count: work.searches.length,
      unit: 'searches',
      own: () => work.searches.map(asins),
      request: { do: 'lucene', on: work.searches },
    },
    'token-set ratios': {
      count: work.ratios.length,
      unit: 'ratios',
      own: () => work.ratios.map(([a, b]) => tokenSetRatio(a, b)),
      request: { do: 'ratios', on: work.ratios },
    },
  }
}

/** Pages of an episode; a step includes what can be done after it. */
function play(shop: Shop, goal: number, actions: readonly string[]): string[] {
  const session = shop.start(goal)
  return [
    session.observe('text_rich'),
    ...actions.map((action) => {
      session.step(action)
      void session.clickables
      return session.observe('text_rich')
    }),
  ]
}

function drawWork(shop: Shop): Work {
  const random = createRandom(1, 'bench-webshop')
  const words = () => random.choice(shop.goals).name.toLowerCase().split(' ')
  return {
    steps: Array.from({ length: episodeCount }, () => drawEpisode(shop, random)),
    searches: Array.from({ length: queryCount }, () =>
      words()
        .slice(0, 3 + random.integer(10))
        .join(' '),
    ),
    ratios: Array.from({ length: pairCount }, () => [drawAttribute(shop, random), drawAttribute(shop, random)]),
  }
}

function drawAttribute(shop: Shop, random: Random): string {
  return random.choice(random.choice(shop.goals).attributes)
}

/** A shopper without a plan: searches with words of a title, then clicks on anything. */
function drawEpisode(shop: Shop, random: Random): [number, string[]] {
  const goal = random.integer(shop.goals.length)
  const session = shop.start(goal)
  const actions: string[] = []
  while (actions.length < longest && session.page.kind !== 'done') {
    const title = random.choice(shop.goals).name
    const action = session.hasSearchBar
      ? `search[${title.replace(/[[\]]/g, '').split(' ').slice(0, 6).join(' ')}]`
      : `click[${random.choice([...session.clickables.keys()])}]`
    session.step(action)
    actions.push(action)
  }
  return [goal, actions]
}

/** The time of one run of several that take a second together; the first warms up. */
function repeat(work: () => unknown): Timed {
  const result = work()
  let count = 0
  const wall = performance.now()
  const usage = process.cpuUsage()
  do {
    work()
    count++
  } while (performance.now() - wall < 1000)
  const { user, system } = process.cpuUsage(usage)
  return { wall: (performance.now() - wall) / 1000 / count, processor: (user + system) / 1e6 / count, result }
}

/** How many of the pages, hits or ratios are the same; a list that is missing counts as one that differs. */
function countSame(ours: unknown, theirs: unknown): { equal: number; all: number } {
  const [left, right] = [ours, theirs].map((value) =>
    (value as unknown[]).flatMap((item) => (isPages(item) ? item : [item])),
  )
  const equal = left!.filter((item, index) => JSON.stringify(item) === JSON.stringify(right![index])).length
  return { equal, all: Math.max(left!.length, right!.length) }
}

/** Pages of an episode are long texts; hits are ASINs. */
const isPages = (item: unknown): item is string[] =>
  Array.isArray(item) && typeof item[0] === 'string' && item[0].includes('\n')

const perSecond = (count: number, seconds: number) => Math.round(count / seconds).toLocaleString('en')
