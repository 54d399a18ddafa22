import { z } from 'zod'
import type { Catalogue } from '../catalogue.ts'
import { searchLimit } from '../session/find-products.ts'
import type { CheckLog } from './check-log.ts'
import { readRows } from './read-rows.ts'

const pageSchema = z.object({
  query: z.string(),
  page: z.number().int(),
  total: z.number().int().optional(),
  asins: z.array(z.string()),
})

/** Pages of search results: `{query, page, total, asins}` a line. Returns how many were compared. */
export async function checkPages(path: string, catalogue: Catalogue, log: CheckLog): Promise<number> {
  const rows = await readRows(path, pageSchema)
  for (const { row, where } of rows) {
    const hits = catalogue.search(row.query.toLowerCase(), searchLimit)
    const shown = hits.slice((row.page - 1) * 10, row.page * 10).map((index) => catalogue.product(index).asin)
    const what = `page ${row.page} of the search "${row.query}"`
    log.compare(where, what, row.asins, shown)
    if (row.total !== undefined) log.compare(where, `total of the search "${row.query}"`, row.total, hits.length)
  }
  return rows.length
}
