import { LeapError } from '../../../contracts/error.ts'

/** A dump, cut into the databases that it makes. */
export type DatabaseDumps = ReadonlyMap<string, string>

const creation = /^CREATE DATABASE\s+(?:\/\*!\d+ IF NOT EXISTS\s*\*\/\s*|IF NOT EXISTS\s+)?`?(\w+)`?/gim

/**
 * Cuts a dump (as mysqldump writes it) at each CREATE DATABASE, so that one database can be loaded again by itself. What stands before the first one
 * (accounts and their rights) is left out.
 * Throws a LeapError `SQL_DUMP_INVALID` if no database is made.
 */
export function splitDump(text: string, path: string): DatabaseDumps {
  const starts = [...text.matchAll(creation)]
  if (starts.length === 0)
    throw new LeapError({
      code: 'SQL_DUMP_INVALID',
      message: `${path}: expected CREATE DATABASE statements, found none.`,
      remedy: 'Give a dump of whole databases, as mysqldump --databases writes it.',
    })
  return new Map(starts.map((start, index) => [start[1]!, text.slice(start.index, starts[index + 1]?.index)]))
}
