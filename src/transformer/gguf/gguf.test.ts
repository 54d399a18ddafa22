import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../support/random.ts'
import { createTokenizer } from '../tokenizer.ts'
import { dequantise } from './dequantise.ts'
import { encodeGguf, type GgufContents } from './encode-gguf.ts'
import { readGgufHeader } from './gguf-file.ts'
import { readGguf } from './read-gguf.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-gguf-'))
})
afterAll(() => rm(root, { recursive: true }))

describe('dequantise', () => {
  it('makes the numbers of every block type that ggml makes of them', async () => {
    const fixture = new URL('./fixtures/blocks.json', import.meta.url)
    const blocks = JSON.parse(await readFile(fixture, 'utf8')) as {
      name: string
      type: number
      bytes: string
      numbers: string
    }[]
    const names = ['Q4_0', 'Q4_1', 'Q5_0', 'Q5_1', 'Q8_0', 'Q4_K', 'Q5_K', 'Q6_K', 'F16', 'BF16']
    expect(blocks.map(({ name }) => name)).toEqual(names)
    for (const { name, type, bytes, numbers } of blocks) {
      const expected = new Float32Array(new Uint8Array(Buffer.from(numbers, 'base64')).buffer)
      const found = dequantise(type, new Uint8Array(Buffer.from(bytes, 'base64')), name)
      expect(found.length, name).toBe(expected.length)
      // Halves are widened, not computed: every bit must be right, the smallest number's too.
      if (name.endsWith('F16')) expect(Buffer.from(found.buffer).toString('base64'), name).toBe(numbers)
      const largest = Math.max(...expected.map(Math.abs))
      const worst = Math.max(...found.map((number, index) => Math.abs(number - expected[index]!)))
      expect(worst, name).toBeLessThan(1e-6 * largest)
    }
  })

  it('says which type it cannot read, and which it can', () => {
    expect(() => dequantise(16, new Uint8Array(66), 'model.gguf: output.weight')).toThrow(
      /output\.weight has the type 16 of ggml; readable are F32, F16, Q4_0, .*Q8_0/,
    )
  })
})

const size = { hidden: 8, heads: 2, inner: 12, vocabulary: 262 }

/** A model of one layer with a vocabulary of bytes, one merge and two special tokens. */
function model(architecture: 'llama' | 'qwen2' = 'llama'): GgufContents {
  const random = createRandom(1, 'gguf')
  const matrix = (...dimensions: number[]) => ({
    dimensions,
    data: Float32Array.from({ length: dimensions.reduce((a, b) => a * b) }, () => random.normal()),
  })
  const { hidden, inner, vocabulary } = size
  const bytes = byteAlphabet()
  const tokens = ['<|end|>', '<|user|>', ...bytes, 'he', 'll', 'o!', 'hell']
  return {
    metadata: {
      'general.architecture': architecture,
      [`${architecture}.block_count`]: 1,
      [`${architecture}.context_length`]: 64,
      [`${architecture}.embedding_length`]: hidden,
      [`${architecture}.feed_forward_length`]: inner,
      [`${architecture}.attention.head_count`]: size.heads,
      [`${architecture}.attention.head_count_kv`]: 1,
      [`${architecture}.attention.layer_norm_rms_epsilon`]: 1e-5,
      [`${architecture}.rope.freq_base`]: 50_000,
      'tokenizer.ggml.model': 'gpt2',
      'tokenizer.ggml.pre': 'smollm',
      'tokenizer.ggml.tokens': tokens,
      'tokenizer.ggml.token_type': tokens.map((_, id) => (id < 2 ? 3 : 1)),
      'tokenizer.ggml.merges': ['h e', 'l l', 'he ll', 'o !'],
      'tokenizer.ggml.eos_token_id': 0,
      'tokenizer.chat_template': "{% for message in messages %}<|user|>{{ message['content'] }}{% endfor %}",
    },
    tensors: {
      'token_embd.weight': matrix(hidden, vocabulary),
      'output_norm.weight': matrix(hidden),
      'blk.0.attn_norm.weight': matrix(hidden),
      'blk.0.ffn_norm.weight': matrix(hidden),
      'blk.0.attn_q.weight': matrix(hidden, hidden),
      'blk.0.attn_k.weight': matrix(hidden, hidden / 2),
      'blk.0.attn_v.weight': matrix(hidden, hidden / 2),
      'blk.0.attn_output.weight': matrix(hidden, hidden),
      'blk.0.ffn_gate.weight': matrix(hidden, inner),
      'blk.0.ffn_up.weight': matrix(hidden, inner),
      'blk.0.ffn_down.weight': matrix(inner, hidden),
      ...(architecture === 'qwen2'
        ? {
            'blk.0.attn_q.bias': matrix(hidden),
            'blk.0.attn_k.bias': matrix(hidden / 2),
            'blk.0.attn_v.bias': matrix(hidden / 2),
          }
        : {}),
    },
  }
}

/** GPT-2's stand-ins for the 256 bytes. */
function byteAlphabet(): string[] {
  const printable = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255)
  let other = 256
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : other++))
}

async function write(contents: GgufContents, name = 'model.gguf'): Promise<string> {
  const path = join(root, name)
  await writeFile(path, encodeGguf(contents))
  return path
}

describe('readGguf', () => {
  it('reads config, weights, tokenizer and template of a llama model', async () => {
    const contents = model()
    const files = await readGguf(await write(contents))
    expect(files.config).toMatchObject({
      model_type: 'llama',
      hidden_size: 8,
      num_key_value_heads: 1,
      vocab_size: 262,
      rope_theta: 50_000,
      tie_word_embeddings: true,
      eos_token_id: 0,
    })
    const { data, shape } = files.weights.get('model.layers.0.mlp.down_proj.weight')!
    expect(shape).toEqual([8, 12])
    expect(data).toEqual(contents.tensors['blk.0.ffn_down.weight']!.data)
    const text = createTokenizer(files.tokenizer, files.tokenizerConfig)
    const ids = text.encode('hello! 12')
    expect(text.decode(ids)).toBe('hello! 12')
    // hell, o, !, a space, and each digit by itself.
    expect(ids).toHaveLength(6)
    expect(text.encode('<|user|>he', { special: true })).toEqual([1, files.tokenizer.model.vocab.he])
    expect(text.endToken).toBe(0)
    expect(files.tokenizerConfig.chat_template).toContain('<|user|>')
  })

  it('puts the rows of query and key heads back from interleaved pairs to halves; qwen2 is stored as it is', async () => {
    const contents = model()
    const given = contents.tensors['blk.0.attn_q.weight']!.data
    const row = (data: Float32Array, index: number) => data.subarray(8 * index, 8 * index + 8)
    const found = (await readGguf(await write(contents))).weights.get('model.layers.0.self_attn.q_proj.weight')!.data
    // Two heads of four rows: Hugging Face's 0, 1, 2, 3 are GGUF's 0, 2, 1, 3.
    for (const [ours, theirs] of [0, 2, 1, 3, 4, 6, 5, 7].entries())
      expect(row(found, ours)).toEqual(row(given, theirs))
    const qwen = model('qwen2')
    const files = await readGguf(await write(qwen, 'qwen2.gguf'))
    expect(files.weights.get('model.layers.0.self_attn.q_proj.weight')!.data).toEqual(
      qwen.tensors['blk.0.attn_q.weight']!.data,
    )
    expect(files.weights.get('model.layers.0.self_attn.k_proj.bias')!.data).toEqual(
      qwen.tensors['blk.0.attn_k.bias']!.data,
    )
  })

  it('refuses what it would read wrongly', async () => {
    const refused = async (change: (contents: GgufContents) => void, message: RegExp) => {
      const contents = model()
      change(contents)
      await expect(readGguf(await write(contents, 'other.gguf'))).rejects.toThrow(message)
    }
    await refused(
      ({ metadata }) => (metadata['general.architecture'] = 'gemma'),
      /architecture gemma, expected llama or qwen2/,
    )
    await refused(({ metadata }) => (metadata['llama.rope.scaling.type'] = 'yarn'), /scales its rotary embedding/)
    await refused(
      ({ metadata }) => (metadata['tokenizer.ggml.model'] = 'llama'),
      /tokenizer of the kind llama.*tokenizer\.json beside/s,
    )
    await refused(({ tensors }) => void delete tensors['blk.0.ffn_up.weight'], /up_proj\.weight is missing/)
    await refused(
      ({ tensors }) => (tensors['blk.0.attn_x.weight'] = tensors['output_norm.weight']!),
      /attn_x\.weight, which has no place/,
    )
    const whole = encodeGguf(model())
    const path = join(root, 'cut.gguf')
    for (const [length, message] of [
      [whole.length - 40, /ends in the middle of the tensor/],
      [500, /ends in the middle of its header/],
      [2, /ends in the middle of its header/],
    ] as const) {
      await writeFile(path, whole.subarray(0, length))
      await expect(readGguf(path)).rejects.toThrow(message)
    }
    await writeFile(path, 'not a model at all')
    await expect(readGgufHeader(path)).rejects.toThrow(/does not begin with GGUF/)
  })
})
