import { expect, it } from 'vitest'
import { formatCount, formatDuration, formatRate } from './duration.ts'

it('says a time in at most two units, without 60 seconds or 60 minutes at the borders', () => {
  const cases: [number, string][] = [
    [0, '0.0s'],
    [440, '0.4s'],
    [9_960, '10s'],
    [59_600, '1m 00s'],
    [185_000, '3m 05s'],
    [3_599_700, '1h 00m'],
    [7_620_000, '2h 07m'],
    [86_399_000, '1d 00h'],
    [-5, '0.0s'],
  ]
  for (const [milliseconds, text] of cases) expect(formatDuration(milliseconds)).toBe(text)
})

it('separates thousands and keeps three digits of a rate', () => {
  expect(formatCount(12345)).toBe('12,345')
  expect(formatRate(0.4213)).toBe('0.42/s')
  expect(formatRate(13.52, 'games')).toBe('13.5 games/s')
  expect(formatRate(12345)).toBe('12,300/s')
})
