import { createRandom, type Random } from '../../../../support/random.ts'
import type { Schema, TableShape } from './schemas.ts'

/** The statements that make a generated database: always the same ones. Two owners own nothing, so that questions about that have an answer. */
export function makeDump({ database, owner, item, key }: Schema): string {
  const random = createRandom(1, 'intercode sql', database)
  const owners = rowsOf(owner, random)
  const items = rowsOf(item, random).map((row) => [...row, 1 + random.integer(owner.names.length - 2)])
  return [
    `CREATE DATABASE \`${database}\` DEFAULT CHARACTER SET utf8mb4;`,
    `USE \`${database}\`;`,
    createTable(owner),
    createTable(item, [`  \`${key}\` int NOT NULL,`, `  KEY \`${key}\` (\`${key}\`),`]),
    insert(owner.table, owners),
    insert(item.table, items),
    '',
  ].join('\n')
}

const createTable = ({ table, id, category, number }: TableShape, more: string[] = []) =>
  [
    `CREATE TABLE \`${table}\` (`,
    `  \`${id}\` int NOT NULL,`,
    '  `name` varchar(60) NOT NULL,',
    `  \`${category.column}\` varchar(40) NOT NULL,`,
    `  \`${number.column}\` int NOT NULL,`,
    ...more,
    `  PRIMARY KEY (\`${id}\`)`,
    ') ENGINE=InnoDB;',
  ].join('\n')

/** Numbers differ within a table, so that every order is one order. */
function rowsOf({ names, category, number }: TableShape, random: Random): (string | number)[][] {
  const taken = new Set<number>()
  return names.map((name, index) => {
    let value: number
    do value = number.from + random.integer(number.to - number.from + 1)
    while (taken.has(value))
    taken.add(value)
    return [index + 1, name, random.choice(category.values), value]
  })
}

const insert = (table: string, rows: readonly (readonly (string | number)[])[]) =>
  `INSERT INTO \`${table}\` VALUES ${rows.map((row) => `(${row.map((value) => (typeof value === 'number' ? value : `'${value}'`)).join(',')})`).join(',')};`
