import { createRandom } from '../../../../support/random.ts'
import { type BookedSqlTask, type SqlBook, sqlBook } from '../../sql/sql-book.ts'
import { taskId } from '../../tasks/bash-tasks.ts'
import type { OwnSplit } from '../generate-tasks.ts'
import { makeDump } from './make-dump.ts'
import { questionKinds } from './questions.ts'
import { schemas, seenSchemas } from './schemas.ts'

/** Questions of Leap's own about databases of its own; `valid_unseen` is about databases that training never shows. */
export function ownSqlBook({
  seed,
  counts = {},
}: {
  seed: number
  counts?: Partial<Record<OwnSplit, number>>
}): SqlBook {
  const databases = new Map(schemas.map((schema) => [schema.database, makeDump(schema)]))
  const wanted = { train: 600, valid_seen: 150, valid_unseen: 150, ...counts }
  const tasks = (Object.keys(wanted) as OwnSplit[]).flatMap((split) =>
    Array.from({ length: wanted[split] }, (_, row) => makeTask(seed, split, row)),
  )
  return sqlBook(`generated, seed ${seed}`, databases, tasks)
}

function makeTask(seed: number, split: OwnSplit, row: number): BookedSqlTask {
  const random = createRandom(seed, 'intercode sql question', split, row)
  const kinds = Object.values(questionKinds)
  const schema = random.choice(split === 'valid_unseen' ? schemas.slice(seenSchemas) : schemas.slice(0, seenSchemas))
  const question = random.choice(kinds)(schema, random)
  return { id: taskId(split, row), row, split, database: schema.database, ...question }
}
