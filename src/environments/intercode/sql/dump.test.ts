import { expect, it } from 'vitest'
import { splitDump } from './dump.ts'

it('cuts a dump at its databases, without what comes before them', () => {
  const one =
    'CREATE DATABASE  IF NOT EXISTS `museum_visit` /*!40100 DEFAULT CHARACTER SET utf8mb4 */;\nUSE `museum_visit`;\n'
  const two = 'create database pets;\nUSE pets;\n'
  const dumps = splitDump(`CREATE USER x;\n${one}${two}`, 'a.sql')
  expect([...dumps]).toEqual([
    ['museum_visit', one],
    ['pets', two],
  ])
  const third = 'CREATE DATABASE /*!32312 IF NOT EXISTS*/ `world_1`;\n'
  expect([...splitDump(third, 'a.sql').keys()]).toEqual(['world_1'])
})

it('refuses a file without databases', () => {
  expect(() => splitDump('SELECT 1;', 'a.sql')).toThrow(expect.objectContaining({ code: 'SQL_DUMP_INVALID' }))
})
