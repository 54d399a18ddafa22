import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore } from '../../environments/webshop/store/open-store.ts'
import { randomRecords } from '../../environments/webshop/testing/random-records.ts'
import { runCli } from '../run-cli.ts'
import { testContext } from '../testing/test-context.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-data-'))
  const rows = [...randomRecords({ count: 300, seed: 2, vocabulary: 500, words: 40 })]
  await mkdir(join(folder, 'data'))
  await writeFile(join(folder, 'data/items_shuffle.json'), JSON.stringify(rows.map(({ record }) => record)))
  const annotations = Object.fromEntries(rows.map(({ record, annotation }) => [record.asin, annotation]))
  await writeFile(join(folder, 'data/items_ins_v2.json'), JSON.stringify(annotations))
})
afterEach(() => rm(folder, { recursive: true }))

async function data(...argv: string[]) {
  const { context, stdout, stderr } = testContext({ cwd: folder })
  return { code: await runCli(['data', 'webshop', ...argv], context), stdout: stdout(), stderr: stderr() }
}

it('makes a store beside the files, and finds it complete the next time', async () => {
  const { code, stdout, stderr } = await data('.')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^300 products, \d+ terms, [\d,]+ postings in .*leap-store\n$/)
  expect(stderr).toContain('only synthetic ones')
  const store = await openStore(join(folder, 'leap-store'))
  expect(store.size).toBe(300)
  expect(store.search(store.product(7).title, 1)).toHaveLength(1)
  store.close()
  expect((await data('.')).stdout).toBe(stdout)
})

it('takes the first products only, elsewhere', async () => {
  expect((await data('data', '--products', '20', '--out', 'small')).stdout).toMatch(/^20 products/)
  expect(await readdir(join(folder, 'data'))).toHaveLength(2)
})

it('says what is missing, and goes on after a stop', async () => {
  await mkdir(join(folder, 'empty'))
  const missing = await data('empty')
  expect(missing.code).toBe(1)
  expect(missing.stderr).toContain('[DATA_MISSING]')
  const { context, interrupt, stderr } = testContext({ cwd: folder })
  interrupt()
  expect(await runCli(['data', 'webshop', 'data'], context)).toBe(130)
  expect(stderr()).toContain('the same command goes on from here')
  expect((await data('data')).stdout).toMatch(/^300 products/)
})
