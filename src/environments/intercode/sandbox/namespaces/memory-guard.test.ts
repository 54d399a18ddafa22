import { expect, it } from 'vitest'
import { until } from '../testing/host-view.ts'
import { createMemoryGuard } from './memory-guard.ts'

/** The first process of no sandbox: what runs there counts as nothing. */
const nobody = 2 ** 30

function guardOf(state: { isShort: boolean; kills: number }) {
  const ended: string[] = []
  const guard = createMemoryGuard({
    ...{ init: nobody, limitBytes: 1000, everyMilliseconds: 1 },
    stopAll: async () => void ended.push('all'),
    isMemoryShort: () => state.isShort,
    kills: () => state.kills,
  })
  return { guard, ended }
}

it('tells the command that runs, once, when the machine runs out of memory', async () => {
  const state = { isShort: false, kills: 0 }
  const { guard, ended } = guardOf(state)
  let told = 0
  const release = guard.watch(() => {
    told++
  })
  state.isShort = true
  await until(() => told > 0, 'the word of the guard')
  release()
  expect(told).toBe(1)
  expect(ended).toEqual([])
  guard.stop()
})

it('says whether the kernel has killed since it was last asked', () => {
  const state = { isShort: false, kills: 3 }
  const { guard } = guardOf(state)
  expect(guard.hasKilled()).toBe(false)
  state.kills = 4
  expect(guard.hasKilled()).toBe(true)
  expect(guard.hasKilled()).toBe(false)
  guard.stop()
})
