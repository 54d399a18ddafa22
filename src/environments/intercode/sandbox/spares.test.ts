import { expect, it } from 'vitest'
import { createSpares } from './spares.ts'

function counter(count: number, fail: (n: number) => boolean = () => false) {
  const started: number[] = []
  const stopped: number[] = []
  const spares = createSpares<number>({
    count,
    start: async () => {
      const n = started.push(started.length) - 1
      if (fail(n)) throw new Error(`no ${n}`)
      return n
    },
    stop: async (n) => void stopped.push(n),
  })
  return { spares, started, stopped }
}

it('starts nothing before it is asked, then keeps so many ahead', async () => {
  const { spares, started } = counter(2)
  expect(started).toEqual([])
  expect(await spares.take()).toBe(0)
  expect(started).toEqual([0, 1, 2])
  expect(await spares.take()).toBe(1)
  expect(started).toEqual([0, 1, 2, 3])
})

it('ends what was not taken, and gives nothing afterwards', async () => {
  const { spares, stopped } = counter(2)
  await spares.take()
  await spares.close()
  expect(stopped.sort()).toEqual([1, 2])
  await expect(spares.take()).rejects.toThrow('closed')
})

it('tells the failure of a spare to whoever takes it, and recovers', async () => {
  const { spares } = counter(1, (n) => n === 1)
  expect(await spares.take()).toBe(0)
  await expect(spares.take()).rejects.toThrow('no 1')
  expect(await spares.take()).toBe(2)
  await spares.close()
})
