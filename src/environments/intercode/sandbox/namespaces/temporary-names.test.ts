import { mkdirSync, readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { makeCache } from '../testing/test-sandbox.ts'
import { removeAbandoned, temporaryName } from './temporary-names.ts'

it('removes what processes that are gone have left, and nothing else', async () => {
  const cache = makeCache()
  const mine = temporaryName(`${cache.path}/snapshot`)
  mkdirSync(mine)
  // No process has so high a number on Linux.
  mkdirSync(`${cache.path}/snapshot.99999999-0123abcd.tmp/work/work`, { recursive: true, mode: 0o700 })
  for (const name of ['snapshot-0123', 'other.tmp', 'x.12.tmp']) mkdirSync(`${cache.path}/${name}`)
  await removeAbandoned(cache.path)
  expect(readdirSync(cache.path).sort()).toEqual(
    [mine.split('/').at(-1), 'other.tmp', 'snapshot-0123', 'x.12.tmp'].sort(),
  )
  await cache.remove()
})
