import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../support/random.ts'
import { type Adapter, mergeAdapter, readAdapter, writeAdapter } from './adapter.ts'
import { writeCheckpoint } from './checkpoint.ts'
import { createGenerator } from './generate.ts'
import { type LoraSettings, loraParameters } from './lora.ts'
import { readMergedModel, readModelFolder } from './model-folder.ts'
import { encodeSafetensors, readSafetensors, type Weight } from './safetensors.ts'
import { tinyCheckpoint } from './testing.ts'

const tiny = tinyCheckpoint()
const { config } = tiny
const settings: LoraSettings = { rank: 3, alpha: 6, dropout: 0, targetModules: ['q_proj', 'down_proj'] }
const adapter: Adapter = { settings, base: '../base', weights: drawn(0.1) }
let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-adapter-'))
  await writeCheckpoint(join(root, 'base'), tiny)
})
afterAll(() => rm(root, { recursive: true }))

function drawn(scale: number): Map<string, Weight> {
  return new Map(
    loraParameters(config, settings).map(({ name, shape }) => {
      const random = createRandom(2, name)
      return [
        name,
        { shape, data: Float32Array.from({ length: shape[0]! * shape[1]! }, () => scale * random.normal()) },
      ]
    }),
  )
}

async function changed(name: string, change: (config: Record<string, unknown>) => void): Promise<string> {
  const folder = join(root, name)
  await writeAdapter(folder, adapter)
  const path = join(folder, 'adapter_config.json')
  const json = JSON.parse(await readFile(path, 'utf8'))
  change(json)
  await writeFile(path, JSON.stringify(json))
  return folder
}

describe('a PEFT adapter folder', () => {
  it('has the names of PEFT and is read back as it was', async () => {
    const folder = join(root, 'adapter')
    await writeAdapter(folder, adapter)
    const names = [...(await readSafetensors(join(folder, 'adapter_model.safetensors'))).keys()]
    expect(names).toContain('base_model.model.model.layers.1.mlp.down_proj.lora_B.weight')
    expect(JSON.parse(await readFile(join(folder, 'adapter_config.json'), 'utf8'))).toMatchObject({
      peft_type: 'LORA',
      task_type: 'CAUSAL_LM',
      r: 3,
      lora_alpha: 6,
      target_modules: ['q_proj', 'down_proj'],
      bias: 'none',
    })
    const { base, adapter: read } = await readModelFolder(folder)
    expect(read).toEqual(adapter)
    expect(base.weights).toEqual(tiny.weights)
  })

  it('changes the output of the model, by W + alpha / rank B A', async () => {
    const folder = join(root, 'effective')
    await writeAdapter(folder, adapter)
    const merged = await readMergedModel(folder)
    const name = 'model.layers.1.mlp.down_proj'
    const [a, b, before, after] = [
      adapter.weights.get(`${name}.lora_A.weight`)!,
      adapter.weights.get(`${name}.lora_B.weight`)!,
      tiny.weights.get(`${name}.weight`)!,
      merged.weights.get(`${name}.weight`)!,
    ]
    const [row, column] = [5, 7]
    const product = [0, 1, 2].reduce(
      (sum, inner) => sum + b.data[row * 3 + inner]! * a.data[inner * a.shape[1]! + column]!,
      0,
    )
    const place = row * before.shape[1]! + column
    expect(after.data[place]).toBeCloseTo(before.data[place]! + 2 * product, 6)
    expect(merged.weights.get('model.layers.1.mlp.up_proj.weight')).toEqual(
      tiny.weights.get('model.layers.1.mlp.up_proj.weight'),
    )

    const scores = []
    for (const model of [tiny, merged]) {
      const generator = await createGenerator(model)
      scores.push(await generator.score([5, 6, 7], [8, 9]))
      await generator.close()
    }
    expect(Math.abs(scores[0]![0]! - scores[1]![0]!)).toBeGreaterThan(1e-3)
  })

  it('is refused when it has no effect', async () => {
    const zero = new Map(
      [...adapter.weights].map(([name, { shape, data }]) => [
        name,
        { shape, data: name.includes('lora_B') ? data.map(() => 0) : data },
      ]),
    )
    await expect(writeAdapter(join(root, 'zero'), { ...adapter, weights: zero })).rejects.toMatchObject({
      code: 'ADAPTER_WITHOUT_EFFECT',
    })
    const folder = await changed('zeroed', () => {})
    const named = new Map([...zero].map(([name, weight]) => [`base_model.model.${name}`, weight]))
    await writeFile(join(folder, 'adapter_model.safetensors'), encodeSafetensors(named))
    await expect(readAdapter(folder, config)).rejects.toMatchObject({ code: 'ADAPTER_WITHOUT_EFFECT' })
    // Too small to move any float32: merged, it would change nothing.
    expect(() => mergeAdapter(config, tiny.weights, { settings, weights: drawn(1e-12) })).toThrow(/changes nothing/)
  })

  it('is understood with rank-stabilised scaling and all-linear, and refused with what is not implemented', async () => {
    expect(
      (await readAdapter(await changed('rs', (json) => Object.assign(json, { use_rslora: true })), config)).settings
        .alpha,
    ).toBeCloseTo(6 * Math.sqrt(3))
    await expect(
      readAdapter(await changed('all', (json) => Object.assign(json, { target_modules: 'all-linear' })), config),
    ).rejects.toThrow(/lacks .*k_proj/)
    await expect(
      readAdapter(await changed('dora', (json) => Object.assign(json, { use_dora: true })), config),
    ).rejects.toThrow(/DoRA/)
    await expect(
      readAdapter(await changed('target', (json) => Object.assign(json, { target_modules: ['c_attn'] })), config),
    ).rejects.toThrow(/c_attn/)
    await expect(
      readAdapter(await changed('less', (json) => Object.assign(json, { target_modules: ['q_proj'] })), config),
    ).rejects.toThrow(/down_proj.*no place/)
    await expect(readAdapter(await changed('rank', (json) => Object.assign(json, { r: 4 })), config)).rejects.toThrow(
      /expected \[4, 64\]/,
    )
  })

  it('says where it looked for its base', async () => {
    const folder = await changed('homeless', (json) =>
      Object.assign(json, { base_model_name_or_path: 'nobody/nothing' }),
    )
    await expect(readModelFolder(folder)).rejects.toMatchObject({ code: 'ADAPTER_BASE_MISSING' })
    await expect(readModelFolder(folder)).rejects.toThrow(/nobody\/nothing/)
  })
})
