import { expect, it } from 'vitest'
import { createSessionLimit } from './session-limit.ts'

it('gives up the session that was not used for longest, and those that are forgotten', () => {
  const given: string[] = []
  const sessions = createSessionLimit(2, (session) => given.push(session))
  sessions.use('a')
  sessions.use('b')
  sessions.use('a')
  sessions.use('c')
  expect(given).toEqual(['b'])
  sessions.forget('a')
  sessions.use('d')
  expect(given).toEqual(['b', 'a'])
})
