import { z } from 'zod'
import type { Session } from '../session/session.ts'
import type { Shop } from '../shop.ts'
import type { CheckLog } from './check-log.ts'
import { readRows } from './read-rows.ts'

const stepSchema = z.object({
  /** Number of the episode, and of its goal. */
  ep: z.number().int().nonnegative(),
  step: z.number().int().nonnegative(),
  /** Null for the reset that begins an episode. */
  action: z.string().nullable(),
  reward: z.number(),
  done: z.boolean(),
  text: z.string(),
  text_rich: z.string(),
  url: z.string(),
  has_search_bar: z.boolean(),
  clickables: z.array(z.string()),
  session: z.object({
    page: z.number().nullable(),
    keywords: z.array(z.string()).nullable(),
    asin: z.string().nullable(),
    asins: z.array(z.string()),
    options: z.record(z.string(), z.string()),
    actions: z.record(z.string(), z.number()),
  }),
})

/**
 * Steps with everything that upstream's server knows after them, r_type taken for 1. `shop` must judge like that.
 * Steps after a gap cannot be compared: the gap is a difference. Returns how many were compared.
 */
export async function checkSteps(path: string, shop: Shop, log: CheckLog): Promise<number> {
  const rows = await readRows(path, stepSchema)
  let session: Session | undefined
  let next = 0
  let compared = 0
  // A recording holds the options as they were when the episode ended, or when a search replaced them: it kept the dictionary, no copy of it.
  const chosen: { where: string; expected: Record<string, string>; options: ReadonlyMap<string, string> }[] = []
  for (const { row, where } of rows) {
    if (row.action === null) {
      session = shop.goals[row.ep] === undefined ? undefined : shop.start(row.ep)
      next = row.step
      if (session === undefined)
        log.add({ where, what: 'data', expected: `goal ${row.ep}`, found: `${shop.goals.length} goals` })
    } else if (session !== undefined && (session.id !== String(row.ep) || row.step !== next)) {
      // What a step leads to depends on all steps before it.
      const found = `step ${row.step} of episode ${row.ep}`
      log.add({ where, what: 'order', expected: `step ${next} of episode ${session.id}`, found })
      session = undefined
    } else if (session === undefined && compared === 0)
      log.add({ where, what: 'order', expected: 'the reset of an episode', found: `step ${row.step}` })
    if (session === undefined) continue
    next++
    compared++
    const result = row.action === null ? { reward: 0, done: false } : session.step(row.action)
    compareStep(row, session, result, where, log)
    chosen.push({ where, expected: row.session.options, options: session.options })
  }
  for (const { where, expected, options } of chosen)
    log.compare(where, 'chosen options', sortKeys(expected), sortKeys(Object.fromEntries(options)))
  return compared
}

function compareStep(
  row: z.output<typeof stepSchema>,
  session: Session,
  result: { reward: number; done: boolean },
  where: string,
  log: CheckLog,
): void {
  const compare = (what: string, expected: unknown, found: unknown) =>
    log.compare(
      where,
      `${what} after ${row.action === null ? 'the reset' : JSON.stringify(row.action)}`,
      expected,
      found,
    )
  compare('reward', row.reward, result.reward)
  compare('done', row.done, result.done)
  compare('text', row.text, session.observe('text'))
  compare('text_rich', row.text_rich, session.observe('text_rich'))
  compare('url', row.url, session.observe('url'))
  compare('search bar', row.has_search_bar, session.hasSearchBar)
  compare('clickables', row.clickables, [...session.clickables.keys()])
  compare('page number', row.session.page, session.pageNumber ?? null)
  compare('keywords', row.session.keywords, session.keywords ?? null)
  compare('ASIN', row.session.asin, session.product?.asin ?? null)
  compare('visited ASINs', row.session.asins.toSorted(), [...session.visited].sort())
  compare('action counts', sortKeys(row.session.actions), sortKeys(Object.fromEntries(session.actionCounts)))
}

const sortKeys = (row: object) => Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))
