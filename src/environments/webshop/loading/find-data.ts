import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { LeapError } from '../../../contracts/error.ts'

/** Official files below a folder. */
export interface DataFiles {
  readonly products: string
  readonly attributes: string
  /** Requests that people wrote. */
  readonly instructions?: string
  /** Complete human goals by number, one a line, for goals whose products are not in the products file. */
  readonly humanGoals?: string
}

/**
 * Finds WebShop's files in a folder or the folders in it.
 * @throws LeapError `DATA_MISSING`
 */
export async function findDataFiles(folder: string): Promise<DataFiles> {
  // A store of these files may lie among them.
  const files = (await listFiles(folder)).filter((path) => basename(dirname(path)) !== 'leap-store')
  const find = (pattern: RegExp) => files.find((path) => pattern.test(basename(path)))
  const products = find(/^items_shuffle.*\.json$/)
  const attributes = find(/^items_ins_v2.*\.json$/)
  if (products === undefined || attributes === undefined)
    throw new LeapError({
      code: 'DATA_MISSING',
      message: `${folder}: expected items_shuffle*.json and items_ins_v2*.json, found ${products ?? attributes ?? 'neither'}`,
      remedy: "Give a folder with WebShop's data files (its setup.sh downloads them).",
    })
  const instructions = find(/^items_human_ins.*\.json$/)
  const humanGoals = find(/^human_goals_full.*\.jsonl$/)
  return {
    products,
    attributes,
    ...(instructions === undefined ? {} : { instructions }),
    ...(humanGoals === undefined ? {} : { humanGoals }),
  }
}

/** Files of a folder and of those inside it, sorted, nearer ones first. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: Error) => {
    throw new LeapError({
      code: 'DATA_MISSING',
      message: `${folder}: expected a folder with WebShop's data files, found none that can be read: ${cause.message}`,
      remedy: 'Give the folder that holds items_shuffle*.json and items_ins_v2*.json, itself or in folders inside it.',
      cause,
    })
  })
  const depth = (path: string) => path.split(/[/\\]/).length
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
}
