import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeSafetensors, readSafetensors, type Weight } from '../../transformer/safetensors.ts'
import { createStudent } from '../local/create-student.ts'
import { writeSmallAdapter } from '../trl/testing/small-adapter.ts'
import { checkAdapter } from './check-adapter.ts'

let root = ''
let copies = 0
const targets = ['q_proj', 'v_proj', 'down_proj'] as const

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-check-'))
  const size = {
    hidden_size: 16,
    intermediate_size: 32,
    num_hidden_layers: 2,
    num_attention_heads: 2,
    num_key_value_heads: 1,
  }
  await createStudent({ to: join(root, 'base'), texts: ['a b c'], size, seed: 1 })
  const job = { model: { base: join(root, 'base') }, lora: { rank: 4, alpha: 8, target_modules: [...targets] } }
  writeSmallAdapter(join(root, 'adapter'), { job, rows: 'rows' })
})
afterAll(() => rm(root, { recursive: true }))

/** A copy of the adapter with other weights or settings. */
async function changed({
  weights,
  config,
}: {
  weights?: (found: Map<string, Weight>) => void
  config?: Record<string, unknown>
}): Promise<string> {
  const folder = join(root, `copy-${copies++}`)
  await cp(join(root, 'adapter'), folder, { recursive: true })
  const file = join(folder, 'adapter_model.safetensors')
  if (weights) {
    const found = await readSafetensors(file)
    weights(found)
    await writeFile(file, encodeSafetensors(found))
  }
  const path = join(folder, 'adapter_config.json')
  if (config) await writeFile(path, JSON.stringify({ ...JSON.parse(await readFile(path, 'utf8')), ...config }))
  return folder
}
const name = 'base_model.model.model.layers.1.self_attn.q_proj.lora_B.weight'

describe('the check of an adapter', () => {
  it('tells rank, modules and layers of one that is as it should be', async () => {
    const found = await checkAdapter(join(root, 'adapter'))
    // Per layer 4 x (16 + 16) for q, 4 x (16 + 8) for v and 4 x (32 + 16) for down: float32.
    const bytes = 4 * 2 * 4 * (32 + 24 + 48)
    expect(found).toEqual({
      rank: 4,
      targets: ['down_proj', 'q_proj', 'v_proj'],
      layers: 2,
      bytes,
      base: join(root, 'base'),
    })
  })

  it('finds names that a server would not understand, halves of pairs and lost layers', async () => {
    const rename = await changed({
      weights(found) {
        const weight = found.get(name)!
        found.delete(name)
        found.set(name.replace('base_model.model.', ''), weight)
      },
    })
    await expect(checkAdapter(rename)).rejects.toThrow(
      /model\.layers\.1\.self_attn\.q_proj\.lora_B\.weight has no name that servers/,
    )
    const half = await changed({ weights: (found) => void found.delete(name) })
    await expect(checkAdapter(half)).rejects.toThrow(/layers\.1\.self_attn\.q_proj has no matrix B/)
    const lost = await changed({
      weights(found) {
        for (const key of [...found.keys()]) if (key.includes('layers.1.self_attn.q_proj')) found.delete(key)
      },
    })
    await expect(checkAdapter(lost)).rejects.toThrow(/layer 1 lacks q_proj/)
    const short = await changed({
      weights(found) {
        for (const key of [...found.keys()]) if (key.includes('layers.1.')) found.delete(key)
      },
    })
    await expect(checkAdapter(short)).rejects.toThrow(/the base has 2 layers/)
  })

  it('finds shapes of another base and another rank', async () => {
    const wide = await changed({
      weights: (found) => void found.set(name, { shape: [24, 4], data: new Float32Array(96).fill(1) }),
    })
    await expect(checkAdapter(wide)).rejects.toThrow(/q_proj goes from 16 to 24; the base's goes from 16 to 16/)
    await expect(checkAdapter(await changed({ config: { r: 8 } }))).rejects.toThrow(
      /has rank 4, adapter_config\.json says 8/,
    )
    const uneven = await changed({
      weights: (found) => void found.set(name, { shape: [16, 3], data: new Float32Array(48).fill(1) }),
    })
    await expect(checkAdapter(uneven)).rejects.toThrow(/expected \[rank, in\] and \[out, rank\]/)
  })

  it('finds an adapter that changes nothing, one that diverged, and a file that is cut off', async () => {
    const nothing = await changed({
      weights(found) {
        for (const [key, { shape, data }] of found)
          if (key.includes('lora_B')) found.set(key, { shape, data: data.map(() => -0) })
      },
    })
    await expect(checkAdapter(nothing)).rejects.toMatchObject({ code: 'ADAPTER_WITHOUT_EFFECT' })
    const diverged = await changed({ weights: (found) => void (found.get(name)!.data[7] = Number.NaN) })
    await expect(checkAdapter(diverged)).rejects.toThrow(/q_proj: B holds numbers that are not finite/)
    const cut = await changed({})
    await truncate(join(cut, 'adapter_model.safetensors'), 2000)
    await expect(checkAdapter(cut)).rejects.toMatchObject({ code: 'ADAPTER_INVALID' })
  })

  it('refuses what servers do not load, and modules that are named without being there', async () => {
    await expect(checkAdapter(await changed({ config: { use_dora: true } }))).rejects.toThrow(/DoRA/)
    await expect(checkAdapter(await changed({ config: { modules_to_save: ['lm_head'] } }))).rejects.toThrow(/lm_head/)
    const named = await changed({ config: { target_modules: [...targets, 'up_proj'] } })
    await expect(checkAdapter(named)).rejects.toThrow(/names up_proj, for which there is no matrix/)
    await expect(checkAdapter(join(root, 'base'))).rejects.toMatchObject({ code: 'CHECKPOINT_UNREADABLE' })
  })

  it('takes the copy of the base’s settings where the base is a name on a hub', async () => {
    const hub = await changed({ config: { base_model_name_or_path: 'someone/llama' } })
    await expect(checkAdapter(hub)).resolves.toMatchObject({ rank: 4, base: 'someone/llama' })
    const config = JSON.parse(await readFile(join(hub, 'base_config.json'), 'utf8'))
    await writeFile(join(hub, 'base_config.json'), JSON.stringify({ ...config, intermediate_size: 64 }))
    await expect(checkAdapter(hub)).rejects.toThrow(/down_proj goes from 32 to 16; the base's goes from 64 to 16/)
    await writeFile(join(hub, 'base_config.json'), JSON.stringify({ model_type: 'gemma3' }))
    await expect(checkAdapter(hub)).resolves.toMatchObject({ layers: 2 })
  })

  it('finds that the base is another one by now, though its matrices have the same shapes', async () => {
    const folder = await changed({})
    const path = join(folder, 'base_config.json')
    const config = JSON.parse(await readFile(path, 'utf8'))
    await writeFile(path, JSON.stringify({ ...config, vocab_size: 4096 }))
    await expect(checkAdapter(folder)).rejects.toThrow(
      /not the one that it was trained on: vocab_size was 4096 and is \d+/,
    )
  })
})
