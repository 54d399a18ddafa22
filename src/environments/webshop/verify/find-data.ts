import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LeapError } from '../../../contracts/error.ts'

/** Official files below a folder. */
export interface DataFiles {
  readonly products: string
  readonly attributes: string
  readonly instructions: string | undefined
  /** Complete human goals by number, one a line, for goals whose products are not in the products file. */
  readonly humanGoals: string | undefined
}

const largest = 400 * 2 ** 20

/**
 * Finds WebShop's files in a folder or the folders in it.
 * @throws LeapError `DATA_MISSING` or `DATA_TOO_LARGE`
 */
export async function findData(folder: string): Promise<DataFiles> {
  const files = await listFiles(folder)
  const find = (pattern: RegExp) => files.find((path) => pattern.test(basename(path)))
  const products = find(/^items_shuffle.*\.json$/)
  const attributes = find(/^items_ins_v2.*\.json$/)
  if (products === undefined || attributes === undefined)
    throw new LeapError({
      code: 'DATA_MISSING',
      message: `${folder}: expected items_shuffle*.json and items_ins_v2*.json, found ${products ?? attributes ?? 'neither'}`,
      remedy: "Give a folder with WebShop's data files (its setup.sh downloads them).",
    })
  const { size } = await stat(products)
  if (size > largest)
    throw new LeapError({
      code: 'DATA_TOO_LARGE',
      message: `${products}: expected at most ${largest / 2 ** 20} MiB to hold in memory, found ${Math.round(size / 2 ** 20)} MiB`,
      remedy: 'Recordings are checked on the small set (items_shuffle_1000.json), on which they were made.',
    })
  return {
    products,
    attributes,
    instructions: find(/^items_human_ins.*\.json$/),
    humanGoals: find(/^human_goals_full.*\.jsonl$/),
  }
}

/** Files of a folder and of those inside it, sorted, nearer ones first. */
export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: Error) => {
    throw new LeapError({ code: 'DATA_MISSING', message: `${folder}: cannot be read: ${cause.message}`, cause })
  })
  const depth = (path: string) => path.split(/[/\\]/).length
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
}
