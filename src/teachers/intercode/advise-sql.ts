import type { TeacherSettings } from '../../contracts/domain.ts'
import {
  describeTable,
  learnDatabase,
  nextSqlMove,
  type SqlMove,
} from '../../environments/intercode/agent/sql-agent.ts'
import { type SqlPrivilege, sqlPrivilegeSchema } from '../../environments/intercode/sql/privileged-state.ts'
import { createRandom } from '../../support/random.ts'
import { readPrivilege } from '../read-privilege.ts'
import type { BashMoment } from './advise-bash.ts'

/**
 * What a teacher of a level says should be asked of a database, and why. Level 1: what anybody could know. From 2 on the hidden state says when the result is
 * right, and which tables matter; 2 and 3 let the student list and describe those before the query that needs them, 4 says that query aloud in one step of
 * three, 5 gives it at once and says so. Throws a LeapError `PRIVILEGE_MISSING` where the level needs a hidden state and there is none.
 */
export function adviseSql({ level }: TeacherSettings, moment: BashMoment): SqlMove {
  if (level === 1) return nextSqlMove(moment)
  const hidden = readPrivilege(moment.privileged, sqlPrivilegeSchema, moment.where, needs)
  const move = nextByPrivilege(hidden, moment, level)
  if (move.kind === 'submit') return move
  const tells = level === 5 || (level === 4 && createRandom(moment.seed, 'tell', moment.where).next() < 1 / 3)
  return tells ? { ...move, reason: `The right query is ${hidden.gold}. ${move.reason}` } : move
}

const needs = 'the query expert needs the hidden state of an InterCode SQL task'

function nextByPrivilege(
  { gold, tables, reason, outputRight }: SqlPrivilege,
  moment: BashMoment,
  level: number,
): SqlMove {
  if (moment.history.length > 0 && outputRight)
    return { action: 'submit', reason: 'The rows are what the question asks for, so I submit.', kind: 'submit' }
  const known = learnDatabase(moment)
  if (level !== 5) {
    if (known.tables.length === 0 && !known.said.has('SHOW TABLES'))
      return { action: 'SHOW TABLES', reason: 'I do not know the tables yet.', kind: 'look' }
    const dark = tables.find(
      (table) => !known.columns.has(table.toLowerCase()) && !known.said.has(describeTable(table)),
    )
    if (dark !== undefined)
      return { action: describeTable(dark), reason: `I need to know the columns of ${dark}.`, kind: 'look' }
  }
  if (moment.history.at(-1)?.action === gold)
    return { action: 'submit', reason: 'Nothing better can be asked, so I submit.', kind: 'submit' }
  return { action: gold, reason: reason ?? 'I know the columns that the question needs and can ask.', kind: 'query' }
}
