import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { benchmarks } from '../bench/benchmarks.ts'
import { selectBenchmarks } from '../bench/select-benchmarks.ts'

const folder = fileURLToPath(new URL('../bench/', import.meta.url))

describe('npm run bench', () => {
  it('knows every file that measures something', () => {
    const measuring = readdirSync(folder)
      .filter((name) => /^export async function run\(/m.test(readFileSync(`${folder}/${name}`, 'utf8')))
      .map((name) => `./${name}`)
    const loaded = readFileSync(`${folder}/benchmarks.ts`, 'utf8').matchAll(/import\('([^']+)'\)/g)
    expect([...loaded].map((match) => match[1]).sort()).toEqual(measuring.sort())
  })

  it('loads each of them', async () => {
    for (const [name, { load }] of Object.entries(benchmarks)) expect((await load()).run, name).toBeTypeOf('function')
  })

  it('runs what is named, and by itself nothing that must be installed first', () => {
    const names = (chosen: ReturnType<typeof selectBenchmarks>) => chosen.map(([name]) => name)
    expect(names(selectBenchmarks(benchmarks, []))).toEqual([
      'alfworld',
      'planner',
      'checks',
      'decode',
      'intercode',
      'models',
      'muon',
      'sandbox',
      'tensor',
      'webshop',
    ])
    expect(names(selectBenchmarks(benchmarks, ['pytorch-speed', 'planner']))).toEqual(['pytorch-speed', 'planner'])
    expect(() => selectBenchmarks(benchmarks, ['toString'])).toThrow(
      'unknown benchmark "toString" (available: alfworld',
    )
  })
})
