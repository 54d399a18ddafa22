import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { makeCache } from '../testing/test-sandbox.ts'
import { markUsed, removeUnused } from './remove-unused.ts'

const day = 86_400_000

it('removes snapshots that nobody has opened for a month, and nothing else', async () => {
  const cache = makeCache()
  const now = Date.UTC(2026, 5, 1)
  const snapshots = { 'old-0123': 31 * day, 'used-4567': 29 * day }
  for (const [name, age] of Object.entries(snapshots)) {
    mkdirSync(`${cache.path}/${name}/upper`, { recursive: true })
    writeFileSync(`${cache.path}/${name}/files.json`, '[]')
    await markUsed(`${cache.path}/${name}`, now - age)
  }
  mkdirSync(`${cache.path}/rootfs-89ab`)
  await removeUnused(cache.path, now)
  expect(readdirSync(cache.path).sort()).toEqual(['rootfs-89ab', 'used-4567'])
  await markUsed(`${cache.path}/used-4567`, now)
  expect(statSync(`${cache.path}/used-4567/files.json`).mtimeMs).toBe(now)
  await markUsed(`${cache.path}/rootfs-89ab`, now)
  await cache.remove()
})
