import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Checkpoint, openCheckpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { parseLlamaConfig } from './config.ts'
import { encodeSafetensors } from './safetensors.ts'
import { randomParameters, tinyCheckpoint } from './testing.ts'

let root = ''
const tiny = tinyCheckpoint()
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-checkpoint-'))
})
afterAll(() => rm(root, { recursive: true }))

const user = (content: string) => [{ role: 'user' as const, content }]

async function written(name: string, checkpoint: Checkpoint = tiny): Promise<string> {
  const folder = join(root, name)
  await writeCheckpoint(folder, checkpoint)
  return folder
}

describe('a checkpoint folder', () => {
  it('has the files and names of Hugging Face, and is read back as it was', async () => {
    const folder = await written('whole')
    expect((await readdir(folder)).sort()).toEqual(
      ['config.json', 'generation_config.json', 'model.safetensors', 'tokenizer.json', 'tokenizer_config.json'].sort(),
    )
    const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'))
    expect(config).toMatchObject({ architectures: ['LlamaForCausalLM'], model_type: 'llama', hidden_size: 64 })
    const read = await readCheckpoint(folder)
    expect(read.weights).toEqual(tiny.weights)
    expect(read.tokenizer).toEqual(tiny.tokenizer)
    expect(read.encodePrompt(user('go to cabinet 1\n'))).toEqual(tiny.encodePrompt(user('go to cabinet 1\n')))
    expect(read.endTokens).toEqual([0])
  })

  it('is read from shards', async () => {
    const folder = await written('sharded')
    await rm(join(folder, 'model.safetensors'))
    const names = [...tiny.weights.keys()]
    const map: Record<string, string> = {}
    for (const [part, some] of [names.slice(0, 5), names.slice(5)].entries()) {
      const file = `model-0000${part + 1}-of-00002.safetensors`
      await writeFile(
        join(folder, file),
        encodeSafetensors(new Map(some.map((name) => [name, tiny.weights.get(name)!]))),
      )
      for (const name of some) map[name] = file
    }
    await writeFile(join(folder, 'model.safetensors.index.json'), JSON.stringify({ weight_map: map }))
    expect((await readCheckpoint(folder)).weights).toEqual(tiny.weights)
  })

  it('of Qwen2 has biases, and of SmolLM2 a tied head that the file need not hold', async () => {
    const config = parseLlamaConfig({ ...tiny.config, model_type: 'qwen2', tie_word_embeddings: true, rope_theta: 1e6 })
    const weights = randomParameters(config, 3)
    expect([...weights.keys()].filter((name) => name.endsWith('.bias'))).toHaveLength(6)
    expect(weights.has('lm_head.weight')).toBe(false)
    const folder = await written('qwen', { ...tiny, config, weights })
    const read = await readCheckpoint(folder)
    expect(read.weights).toEqual(weights)
    expect(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')).architectures).toEqual(['Qwen2ForCausalLM'])
  })

  it('names what is missing, misshapen or unreadable', async () => {
    const folder = await written('broken')
    const without = new Map(tiny.weights)
    without.delete('model.norm.weight')
    without.set('lm_head.weight', { shape: [1], data: Float32Array.of(1) })
    await writeFile(join(folder, 'model.safetensors'), encodeSafetensors(without))
    await expect(readCheckpoint(folder)).rejects.toThrow(
      /model.norm.weight is missing; lm_head.weight is \[1\], expected/,
    )
    await writeFile(join(folder, 'config.json'), '{')
    await expect(readCheckpoint(folder)).rejects.toThrow(/config.json: not JSON/)
    await expect(readCheckpoint(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'CHECKPOINT_UNREADABLE' })
    expect(() => openCheckpoint('small', { ...tiny, config: { ...tiny.config, vocab_size: 300 } })).toThrow(
      /vocab_size 300/,
    )
    await expect(writeCheckpoint(join(root, 'incomplete'), { ...tiny, weights: without })).rejects.toThrow(/incomplete/)
    await expect(readdir(join(root, 'incomplete'))).rejects.toThrow()
  })

  it('renders messages by the model’s own chat template, special tokens included', async () => {
    const folder = await written('chat')
    const tokenizer = structuredClone(tiny.tokenizer)
    const special = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }
    // Two bytes that the texts do not use stand in for the tokens of a chat model.
    const [start, end] = [254, 255].map((byte) => Object.keys(tokenizer.model.vocab)[byte]!)
    for (const [old, name] of [
      [start!, '<|im_start|>'],
      [end!, '<|im_end|>'],
    ] as const) {
      const id = tokenizer.model.vocab[old]!
      delete tokenizer.model.vocab[old]
      tokenizer.model.vocab[name] = id
      tokenizer.added_tokens.push({ id, content: name, ...special })
    }
    await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer))
    await writeFile(join(folder, 'tokenizer_config.json'), JSON.stringify({ eos_token: { content: '<|im_end|>' } }))
    await writeFile(join(folder, 'generation_config.json'), JSON.stringify({ eos_token_id: [0, 1] }))
    await writeFile(
      join(folder, 'chat_template.jinja'),
      '{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}',
    )
    const read = await readCheckpoint(folder)
    const ids = read.encodePrompt(user('go'))
    const opener = tokenizer.model.vocab['<|im_start|>']!
    expect(ids.filter((id) => id === opener)).toHaveLength(2)
    expect(read.text.decode(ids)).toBe('user\ngo\nassistant\n')
    expect(read.endTokens).toEqual([tokenizer.model.vocab['<|im_end|>'], 0, 1])
    await writeFile(join(folder, 'chat_template.jinja'), "{{ raise_exception('no system role') }}")
    const strict = await readCheckpoint(folder)
    expect(() => strict.encodePrompt(user('go'))).toThrow(/no system role/)
  })

  it('never gives an empty prompt', () => {
    expect(tiny.encodePrompt(user(''))).toEqual([0])
  })

  it('is not mistaken for one when it is empty', async () => {
    await mkdir(join(root, 'empty'))
    await expect(readCheckpoint(join(root, 'empty'))).rejects.toThrow(/config.json: there is no such file/)
  })
})
