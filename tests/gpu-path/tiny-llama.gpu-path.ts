import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStudent } from '../../src/training/local/create-student.ts'
import { checkAdapter } from '../../src/training/serving/check-adapter.ts'
import { readModelFolder } from '../../src/transformer/model-folder.ts'
import { bad, rows, scores, texts, train } from './support.ts'

// The real Python side, end to end, on a random Llama of a few thousand weights: seconds of computing, minutes of imports.

let root: string
const at = (name: string) => join(root, name)
const size = {
  hidden_size: 32,
  intermediate_size: 64,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  num_key_value_heads: 1,
}
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-gpu-path-'))
  await createStudent({ to: at('base'), texts, size: { ...size, max_position_embeddings: 512 }, seed: 1 })
})
afterAll(() => rm(root, { recursive: true }))

describe('TRL on a tiny random Llama', () => {
  it('lowers the loss by sft, and the adapter that comes out is read by Leap and changes what the model says', async () => {
    const before = await scores(at('base'))
    const { result, progress } = await train({
      data: { rule: 'sft', examples: rows.sft },
      heldOut: rows.sft.slice(0, 2),
      from: at('base'),
      to: at('sft'),
    })
    expect(progress.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6])
    expect(progress.at(-1)!.loss).toBeLessThan(progress[0]!.loss - 0.05)
    const checked = await checkAdapter(at('sft'))
    expect(checked).toMatchObject({ rank: 4, layers: 2, targets: ['down_proj', 'q_proj', 'v_proj'] })
    const { adapter } = await readModelFolder(at('sft'))
    expect(adapter!.settings).toMatchObject({ rank: 4, alpha: 8 })
    const after = await scores(at('sft'))
    expect(after.good).toBeGreaterThan(before.good + 0.05)
    // Python's held-out loss is what Leap's own forward pass finds, over the same tokens and the end token.
    expect(Math.abs(result.heldOutLoss! + after.good)).toBeLessThan(0.3)
    expect(result.trainedTokens).toBeGreaterThan(100)
  })

  it('goes on from the last state after a cancel, and ends with the bytes of an undisturbed training', async () => {
    const controller = new AbortController()
    const data = { rule: 'sft', examples: rows.sft } as const
    const cut = train({
      data,
      from: at('base'),
      to: at('resumed'),
      signal: controller.signal,
      onProgress: ({ step }) => step === 3 && controller.abort(new Error('cancelled')),
    } as Parameters<typeof train>[0])
    await expect(cut).rejects.toThrow('cancelled')
    const { progress, said } = await train({ data, from: at('base'), to: at('resumed') })
    expect(said.join()).toMatch(/training goes on after update [234] of 6/)
    expect(progress[0]!.step).toBeGreaterThan(2)
    await train({ data, from: at('base'), to: at('undisturbed') })
    const weights = (name: string) => readFile(join(at(name), 'adapter_model.safetensors'))
    expect((await weights('resumed')).equals(await weights('undisturbed'))).toBe(true)
  })

  it('moves away from what was rejected by dpo, from the previous adapter as its reference', async () => {
    const before = await scores(at('sft'))
    const { progress, result } = await train(
      { data: { rule: 'dpo', examples: rows.dpo }, from: at('sft'), reference: at('sft'), to: at('dpo') },
      { dpo: { beta: 0.1, sft: 0 } },
    )
    // Against itself the policy has gained nothing yet: the loss of the first update is that of a coin.
    expect(progress[0]!.loss).toBeCloseTo(Math.LN2, 3)
    expect(progress.at(-1)!.loss).toBeLessThan(0.6)
    expect(result.metrics!.accuracy).toBe(1)
    const after = await scores(at('dpo'))
    expect(after.good - after.bad).toBeGreaterThan(before.good - before.bad)
  })

  it('learns from labels by kto, near another reference than where it starts', async () => {
    const { progress } = await train(
      { data: { rule: 'kto', examples: rows.kto }, from: at('base'), reference: at('sft'), to: at('kto') },
      { kto: { beta: 0.1, desirable: 1, undesirable: 1, oneSided: false } },
    )
    expect(progress.at(-1)!.loss).toBeLessThan(progress[0]!.loss)
    await checkAdapter(at('kto'))
  })

  it('draws the student by distill towards a model that knows more', async () => {
    const examples = rows.sft.map((row) => ({ ...row, privilegedPrompt: row.prompt, completion: bad }))
    const before = await scores(at('base'))
    const { progress } = await train(
      { data: { rule: 'distill', examples }, from: at('base'), teacher: at('sft'), to: at('distilled') },
      { distill: { divergence: 'forward', mixture: 0.5, temperature: 1 }, updates: 12 },
    )
    expect(progress[0]!.loss).toBeGreaterThan(0)
    expect(progress.at(-1)!.loss).toBeLessThan(0.7 * progress[0]!.loss)
    await checkAdapter(at('distilled'))
    // Every row holds the wrong answer: that it has become less likely comes from the teacher's distribution.
    const [taught, teacher] = [await scores(at('distilled')), await scores(at('sft'))]
    expect(Math.abs(taught.bad - teacher.bad)).toBeLessThan(Math.abs(before.bad - teacher.bad))
  })

  it.each(['ddp', 'fsdp'] as const)('trains all weights on two processes through accelerate: %s', async (strategy) => {
    const to = at(`two-${strategy}`)
    const { result } = await train(
      { data: { rule: 'sft', examples: rows.sft }, from: at('base'), to },
      { lora: undefined },
      { distributed: { processes: 2, strategy }, rowsPerDevice: 2 },
    )
    expect(result.steps).toBe(6)
    expect((await scores(to)).good).toBeGreaterThan((await scores(at('base'))).good)
  })

  it('says what to do about a loss that is no number, and about rows that do not fit', async () => {
    const data = { rule: 'sft', examples: rows.sft } as const
    const diverged = train({ data, from: at('base'), to: at('no') }, { learningRate: 1e30, lora: undefined })
    await expect(diverged).rejects.toMatchObject({
      code: 'TRL_DIVERGED',
      message: expect.stringContaining('Lower the learning rate'),
    })
    // The vocabulary was made for these rows: even they have only some 18 tokens.
    const long = train({ data, from: at('base'), to: at('no') }, {}, { maxLength: 12 })
    await expect(long).rejects.toMatchObject({
      code: 'TRL_ROW_TOO_LONG',
      message: expect.stringMatching(/row 1 of .* has 1\d tokens, training\.trl\.maxLength is 12/),
    })
  })
})
