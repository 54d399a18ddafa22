import { expect, it } from 'vitest'
import { breathe } from './breathe.ts'

it('lets timers fire while many loops run on promises that are always ready', async () => {
  let fired = false
  setTimeout(() => {
    fired = true
  }, 1)
  // Without a turn of the event loop this would go on for ever.
  const loop = async () => {
    while (!fired) await breathe()
  }
  await Promise.all(Array.from({ length: 50 }, loop))
  expect(fired).toBe(true)
})
