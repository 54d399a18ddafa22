import { expect, it } from 'vitest'
import { createRateMeter } from './rate-meter.ts'

it('knows no rate before the count has grown', () => {
  const meter = createRateMeter()
  expect(meter.rate(0)).toBeUndefined()
  meter.add(0, 100)
  expect(meter.rate(1000)).toBeUndefined()
})

it('does not count what a resumed run had done before', () => {
  const meter = createRateMeter()
  meter.add(0, 900)
  meter.add(10_000, 950)
  expect(meter.rate(10_000)).toBeCloseTo(5)
})

it('follows a phase that changes its speed and forgets the distant past', () => {
  const meter = createRateMeter(30_000)
  for (let second = 0; second <= 100; second++) meter.add(second * 1000, second * 100)
  for (let second = 101; second <= 140; second++) meter.add(second * 1000, 10_000 + (second - 100))
  expect(meter.rate(140_000)).toBeCloseTo(1, 0)
})

it('falls while nothing comes in', () => {
  const meter = createRateMeter()
  meter.add(0, 0)
  meter.add(1000, 10)
  expect(meter.rate(10_000)).toBeCloseTo(1)
})
