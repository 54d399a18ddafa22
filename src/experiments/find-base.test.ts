import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBase, isGguf } from './find-base.ts'

let root = ''
const cache = () => join(root, 'cache')
async function fill(folder: string, names: string[]) {
  await mkdir(join(root, folder), { recursive: true })
  for (const name of names) await writeFile(join(root, folder, name), '')
}
const layout = ['config.json', 'tokenizer.json', 'model.safetensors']

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-base-'))
  await fill('whole', layout)
  await fill('sharded', ['config.json', 'tokenizer.json', 'model-00001-of-00002.safetensors'])
  await fill('partial', ['config.json'])
  await fill('quantised', ['model.Q8_0.gguf', 'README.md'])
  await fill('cache/models--owner--model/snapshots/old', layout)
  await fill('cache/models--owner--model/snapshots/new', layout)
  await fill('cache/models--owner--model/refs', [])
  await writeFile(join(root, 'cache/models--owner--model/refs/main'), 'new\n')
})
afterAll(() => rm(root, { recursive: true }))
const find = (name: string) => findBase(name, root, { cache: cache() })

describe('findBase', () => {
  it('finds folders in Hugging Face layout, GGUF files, and what comes with Leap', async () => {
    expect(find('whole')).toBe(join(root, 'whole'))
    expect(find('hf:sharded')).toBe(join(root, 'sharded'))
    expect(find('quantised')).toBe(join(root, 'quantised', 'model.Q8_0.gguf'))
    expect(find('hf:quantised/model.Q8_0.gguf')).toBe(join(root, 'quantised', 'model.Q8_0.gguf'))
    expect(isGguf(find('quantised'))).toBe(true)
    expect(isGguf(find('whole'))).toBe(false)
    expect(await readdir(find('household-base'))).toContain('model.safetensors')
    expect((await stat(find('household-base'))).isDirectory()).toBe(true)
  })

  it('finds names on the hub that were downloaded, the main branch first, and says how to download others', () => {
    expect(find('hf:owner/model')).toBe(join(cache(), 'models--owner--model', 'snapshots', 'new'))
    expect(() => find('hf:owner/other')).toThrow(/found none\n.*hf download owner\/other/)
    // Without the prefix a name is a path.
    expect(() => find('owner/model')).toThrow(/found none\n.*\.gguf file/)
  })

  it('says what is not there', () => {
    expect(() => find('partial')).toThrow(/found one without tokenizer\.json and model\.safetensors/)
    expect(() => find('quantised/other.gguf')).toThrow(/CHECKPOINT_MISSING|found none/)
  })
})
