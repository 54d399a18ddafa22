import { expect, it } from 'vitest'
import { createRandom } from '../../support/random.ts'
import { openRooms } from './rooms.ts'
import { swapNames } from './swap-names.ts'

const rooms = openRooms({ seed: 'swap', trainRooms: 4, counted: 100 })
const classesIn = (text: string) => [...text.matchAll(/([a-z]+) \d/g)].map(([, name]) => name!)

it('swaps the classes of objects and nothing else, and understands commands under the new names', () => {
  const plain = rooms.walk('train', 3, 'plain').session
  const swapped = swapNames(rooms.walk('train', 3, 'swapped'), createRandom(1)).session
  let before = plain.reset()
  let after = swapped.reset()
  const names = new Map<string, string>()
  for (let step = 0; step < 25; step++) {
    expect(after.candidates).toHaveLength(before.candidates.length)
    const index = createRandom(2, step).integer(before.candidates.length)
    before = plain.step(before.candidates[index]!)
    after = swapped.step(after.candidates[index]!)
    const [was, is] = [classesIn(before.text), classesIn(after.text)]
    expect(is).toHaveLength(was.length)
    for (const [position, name] of was.entries()) {
      expect(names.get(name) ?? is[position]).toBe(is[position])
      names.set(name, is[position]!)
    }
  }
  const objects = new Set(rooms.types)
  for (const [was, is] of names) if (!objects.has(was)) expect(is).toBe(was)
  const moved = [...names].filter(([was, is]) => was !== is)
  expect(moved.length).toBeGreaterThan(3)
  expect(new Set(moved.map(([, is]) => is)).size).toBe(moved.length)
})

it('keeps an object where it was', () => {
  const plain = rooms.walk('train', 3, 'plain').session
  const swapped = swapNames(rooms.walk('train', 3, 'swapped'), createRandom(1)).session
  plain.reset()
  swapped.reset()
  const places = (objects: readonly { receptacles: readonly string[] }[]) => objects.map((one) => one.receptacles)
  expect(places(swapped.worldState().objects)).toEqual(places(plain.worldState().objects))
})
