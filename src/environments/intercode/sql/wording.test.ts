import { expect, it } from 'vitest'
import { errorAsMysql, textAsMysql } from './wording.ts'

// Left: MariaDB 10.11; right: MySQL 8.0.
it.each([
  ["Unknown column 'x' in 'SELECT'", "Unknown column 'x' in 'field list'"],
  ["Unknown column 't.x' in 'WHERE'", "Unknown column 't.x' in 'where clause'"],
  ["Unknown column 'x' in 'ORDER BY'", "Unknown column 'x' in 'order clause'"],
  ["Column 'a' in SELECT is ambiguous", "Column 'a' in field list is ambiguous"],
  [
    "You have an error in your SQL syntax; check the manual that corresponds to your MariaDB server version for the right syntax to use near 'x' at line 1",
    "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'x' at line 1",
  ],
  ["Table 'pets.x' doesn't exist", "Table 'pets.x' doesn't exist"],
])('%s', (mariadb, mysql) => expect(errorAsMysql(mariadb)).toBe(mysql))

it('leaves widths out of descriptions of columns, and nowhere else', () => {
  expect(textAsMysql('int(11)', 'DESCRIBE t')).toBe('int')
  expect(textAsMysql('bigint(20) unsigned', 'show create table t')).toBe('bigint unsigned')
  expect(textAsMysql('tinyint(1)', 'DESC t')).toBe('tinyint(1)')
  expect(textAsMysql('int(11)', 'SELECT note FROM t')).toBe('int(11)')
})
