import { expect, it } from 'vitest'
import { readPythonRows } from './read-python-rows.ts'

it.each<[string, string[] | undefined]>([
  ['[]', []],
  ["[(1, 'a'), (2,)]", ["(1, 'a')", '(2,)']],
  [
    `[('it\\'s )', "(x]"), (Decimal('1.5'), datetime.date(2020, 1, 2))]`,
    [`('it\\'s )', "(x]")`, `(Decimal('1.5'), datetime.date(2020, 1, 2))`],
  ],
  ['None', undefined],
  ['Error executing query: x', undefined],
  ['[(1, 2]', undefined],
])('%s', (text, rows) => expect(readPythonRows(text)).toEqual(rows))
