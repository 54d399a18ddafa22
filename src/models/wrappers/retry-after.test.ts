import { expect, it } from 'vitest'
import { parseRetryAfter } from './retry-after.ts'

it.each([
  ['3', 3000],
  ['0.25', 250],
  ['-1', 0],
  ['Thu, 01 Jan 2026 00:00:07 GMT', 7000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads %j as %s ms', (header, expected) => {
  expect(parseRetryAfter(header, Date.UTC(2026, 0, 1))).toBe(expected)
})
