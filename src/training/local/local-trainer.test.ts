import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SftExample } from '../../contracts/example.ts'
import type { TrainProgress, TrainRequest } from '../../contracts/trainer.ts'
import { createLocalModel } from '../../models/local/local-model.ts'
import { createRandom } from '../../support/random.ts'
import { readCheckpoint } from '../../transformer/checkpoint.ts'
import { createStudent } from './create-student.ts'
import { createLocalTrainer } from './local-trainer.ts'

let root = ''
const base = () => join(root, 'base')
const size = {
  hidden_size: 32,
  intermediate_size: 64,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  num_key_value_heads: 1,
}

/** Rows of a game that can be learnt by copying: go to the place that was named. */
function rows(count: number, name: string): SftExample[] {
  const random = createRandom(1, name)
  return Array.from({ length: count }, (_, index) => {
    const trajectoryId = `${name}/${Math.floor(index / 3)}`
    const place = `${random.choice(['cabinet', 'drawer'])} ${1 + random.integer(2)}`
    const history = `You are in a room.\n`.repeat(1 + (index % 3))
    return {
      trajectoryId,
      step: index % 3,
      source: 'demonstration',
      iteration: 0,
      prompt: [{ role: 'user', content: `${history}[find the ${place}]\nREASON:` }],
      completion: ` I look. ACTION: go to ${place}\n`,
    }
  })
}

const examples = rows(90, 'train')
const heldOut = rows(12, 'held out')
const settings = { epochs: 20, tokensPerBatch: 1024, rowTokens: 256, learningRate: 0.01, warmupSteps: 5, threads: 1 }
const request = (more: Partial<TrainRequest> = {}): TrainRequest => ({
  data: { rule: 'sft', examples },
  from: base(),
  to: join(root, 'trained'),
  scratch: join(root, 'scratch'),
  seed: 3,
  ...more,
})

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-trainer-'))
  const texts = examples.map(({ prompt, completion }) => prompt[0]!.content + completion)
  await createStudent({ to: base(), texts, size: { ...size, max_position_embeddings: 128 }, seed: 1 })
})
afterAll(() => rm(root, { recursive: true }))

async function contents(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await readFile(join(folder, name))).toString('base64')])),
  )
}

async function accuracy(checkpoint: string, tested: readonly SftExample[]): Promise<number> {
  const model = await createLocalModel({ checkpoint, threads: 0 })
  const answers = await Promise.all(
    tested.map(({ prompt }, seed) =>
      model.generate({ messages: prompt, temperature: 0, maxTokens: 20, stop: ['\n'], seed }),
    ),
  )
  await model.close?.()
  return answers.filter(({ text }, index) => `${text}\n` === tested[index]!.completion).length / tested.length
}

describe('the local trainer', () => {
  it('teaches what the rows show, and tells how it goes', async () => {
    const progress: TrainProgress[] = []
    const result = await createLocalTrainer(settings).train(
      request({ heldOut, onProgress: (one) => progress.push(one) }),
    )
    expect(progress).toHaveLength(result.steps)
    expect(progress[0]!.loss).toBeGreaterThan(2)
    expect(result.finalLoss).toBeLessThan(0.3)
    expect(result.heldOutLoss).toBeLessThan(0.5)
    const { text } = await readCheckpoint(base())
    // All of every completion and its end token, in each of the epochs.
    const targets = examples.reduce((sum, { completion }) => sum + text.encode(completion).length + 1, 0)
    expect(result.trainedTokens).toBe(settings.epochs * targets)
    expect(result.tokens).toBeGreaterThan(result.trainedTokens)
    expect(await accuracy(join(root, 'trained'), examples)).toBeGreaterThan(0.9)
    expect(await accuracy(base(), examples)).toBe(0)
    expect(await readdir(join(root, 'scratch'))).toEqual([])
  })

  it('ends with the same bytes when it is interrupted and started again', async () => {
    const short = { ...settings, epochs: 4, saveEvery: 2 }
    const undisturbed = join(root, 'undisturbed')
    const whole = await createLocalTrainer(short).train(request({ to: undisturbed }))
    const to = join(root, 'interrupted')
    const scratch = join(root, 'scratch of the interrupted')
    for (const stop of [3, 5]) {
      const controller = new AbortController()
      const onProgress = ({ step }: TrainProgress) => step === stop && controller.abort(new Error('killed'))
      const cut = createLocalTrainer(short).train(
        request({ to, scratch, signal: controller.signal, onProgress: (one) => void onProgress(one) }),
      )
      await expect(cut).rejects.toThrow('killed')
      await expect(readdir(to)).rejects.toThrow()
    }
    const steps: number[] = []
    const resumed = await createLocalTrainer({ ...short, threads: 2 }).train(
      request({ to, scratch, onProgress: ({ step }) => steps.push(step) }),
    )
    expect(steps[0]).toBe(5)
    expect(await contents(to)).toEqual(await contents(undisturbed))
    expect({ ...resumed, seconds: 0 }).toEqual({ ...whole, seconds: 0 })
  })

  it('does not go on from the state of another training', async () => {
    const scratch = join(root, 'shared scratch')
    const controller = new AbortController()
    const short = { ...settings, epochs: 1, saveEvery: 1 }
    const cut = createLocalTrainer(short).train(
      request({
        to: join(root, 'other'),
        scratch,
        signal: controller.signal,
        onProgress: () => controller.abort(new Error('killed')),
      }),
    )
    await expect(cut).rejects.toThrow('killed')
    const steps: number[] = []
    await createLocalTrainer(short).train(
      request({ to: join(root, 'other'), scratch, seed: 4, onProgress: ({ step }) => steps.push(step) }),
    )
    expect(steps[0]).toBe(1)
  })

  it('trains an adapter that changes the output, goes on with it, and leaves the base alone', async () => {
    const lora = { rank: 4, alpha: 8 }
    const before = await contents(base())
    const first = join(root, 'adapters', 'first')
    const few = { ...settings, epochs: 8, lora }
    const once = await createLocalTrainer(few).train(request({ to: first }))
    expect((await readdir(first)).sort()).toEqual(['adapter_config.json', 'adapter_model.safetensors'])
    expect(await contents(base())).toEqual(before)
    const messages = examples[0]!.prompt
    const scores = []
    for (const checkpoint of [base(), first]) {
      const model = await createLocalModel({ checkpoint, threads: 0 })
      scores.push((await model.score!({ messages, completion: examples[0]!.completion })).reduce((a, b) => a + b))
      await model.close?.()
    }
    expect(scores[1]! - scores[0]!).toBeGreaterThan(2)
    const second = await createLocalTrainer(few).train(request({ from: first, to: join(root, 'adapters', 'second') }))
    expect(second.finalLoss).toBeLessThan(once.finalLoss!)
    const other = createLocalTrainer({ ...settings, lora: { rank: 8 } }).train(
      request({ from: first, to: join(root, 'no') }),
    )
    await expect(other).rejects.toMatchObject({ code: 'ADAPTER_MISMATCH' })
  })

  it('refuses rows that teach nothing, rows that do not fit, no rows and other rules', async () => {
    const trainer = createLocalTrainer(settings)
    const one = examples[0]!
    const withRow = (row: SftExample) => trainer.train(request({ data: { rule: 'sft', examples: [one, row] } }))
    await expect(withRow({ ...one, completion: '' })).rejects.toThrow(/train\/0 step 0.*nothing to train on/)
    const long = [{ role: 'user' as const, content: 'You are in a room.\n'.repeat(200) }]
    await expect(withRow({ ...one, prompt: long })).rejects.toMatchObject({ code: 'EXAMPLE_TOO_LONG' })
    await expect(trainer.train(request({ data: { rule: 'sft', examples: [] } }))).rejects.toMatchObject({
      code: 'DATA_EMPTY',
    })
    await expect(trainer.train(request({ data: { rule: 'ppo' as never, examples: [] } }))).rejects.toMatchObject({
      code: 'RULE_UNSUPPORTED',
    })
    expect(() => createLocalTrainer({ learningRat: 1 } as never)).toThrow(/learningRat/)
  })

  it('makes the same student from the same arguments, and reads it after a move', async () => {
    const again = join(root, 'again')
    const texts = examples.map(({ prompt, completion }) => prompt[0]!.content + completion)
    await createStudent({ to: again, texts, size: { ...size, max_position_embeddings: 128 }, seed: 1 })
    expect(await contents(again)).toEqual(await contents(base()))
    await cp(again, join(root, 'moved'), { recursive: true })
    expect(await accuracy(join(root, 'moved'), examples.slice(0, 3))).toBe(0)
  })
})
