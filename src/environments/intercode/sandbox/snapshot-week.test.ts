import { expect, it } from 'vitest'
import { snapshotWeek } from './snapshot-week.ts'

const day = 24 * 60 * 60 * 1000

it('changes once a week for files that have an age, and never for others', () => {
  const start = 7 * day * 2900
  const weeks = Array.from({ length: 15 }, (_, index) => snapshotWeek({ age: 10 }, start + index * day))
  expect(weeks).toEqual([...Array(7).fill(2900), ...Array(7).fill(2901), 2902])
  expect(snapshotWeek({}, start)).toBeUndefined()
})

it('changes once an hour where dates are moved with the clock', () => {
  const at = (minutes: number) => snapshotWeek({ age: 10, clock: 1_685_000_000 }, minutes * 60_000)
  expect([at(0), at(59), at(60), at(121)]).toEqual([0, 0, 1, 2])
})
