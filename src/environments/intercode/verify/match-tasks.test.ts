import { expect, it } from 'vitest'
import { matchTasks } from './match-tasks.ts'

const table = (...queries: string[]) => queries.map((query, row) => ({ row, query }))
const tables = new Map([
  ['one.json', table('a', 'b', 'c')],
  ['two.json', table('d', 'e', 'f')],
])
const log = (dataset: string, ...queries: string[]) => ({
  ...{ path: 'log.json', kind: 'bash' as const, dataset, unreadable: [], isReact: false },
  episodes: queries.map((query, row) => ({ row, query, turns: [] })),
})

it('takes the table that a log names, though some of its rows were edited', () => {
  expect(matchTasks(log('two.json', 'd', 'e ', 'edited'), tables)).toBe(tables.get('two.json'))
  expect(matchTasks(log('two.json', ''), tables)).toBe(tables.get('two.json'))
})

it('finds the table by its requests where the name says nothing, or something else', () => {
  expect(matchTasks(log('', 'e', 'f'), tables)).toBe(tables.get('two.json'))
  expect(matchTasks(log('one.json', 'e', 'f', 'd'), tables)).toBe(tables.get('two.json'))
})

it('refuses a log whose requests no table has, whatever it is called', () => {
  expect(() => matchTasks(log('one.json', 'x', 'y', 'a'), tables)).toThrow(
    expect.objectContaining({
      code: 'LOG_DATASET_UNKNOWN',
      message: expect.stringMatching(/found one on one\.json.* 1 of its 3 requests/),
    }),
  )
  expect(() => matchTasks(log('', ''), tables)).toThrow(/does not name/)
})
