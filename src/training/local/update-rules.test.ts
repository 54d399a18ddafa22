import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DistillExample, DpoExample, KtoExample, SftExample } from '../../contracts/example.ts'
import type { TrainingData, TrainProgress, TrainRequest } from '../../contracts/trainer.ts'
import { createLocalModel } from '../../models/local/local-model.ts'
import { createStudent } from './create-student.ts'
import { createLocalTrainer } from './local-trainer.ts'
import type { LocalTrainingSettings } from './settings.ts'

let root = ''
const at = (name: string) => join(root, name)
const size = {
  hidden_size: 32,
  intermediate_size: 64,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  num_key_value_heads: 1,
  max_position_embeddings: 128,
}
const places = ['cabinet 1', 'cabinet 2', 'drawer 1', 'drawer 2']
const other = (place: string) => places[(places.indexOf(place) + 1) % places.length]!
const answer = (place: string) => ` I look. ACTION: go to ${place}\n`

/** Situations in which the student should go where the note says, and went to the next place instead. */
const situations = Array.from({ length: 24 }, (_, index) => {
  const place = places[index % places.length]!
  const origin = {
    trajectoryId: `rollout-1/${index >> 1}`,
    step: index & 1,
    source: 'correction' as const,
    iteration: 1,
  }
  const content = `${'You are in a room.\n'.repeat(1 + (index & 1))}[find the ${place}]\nREASON:`
  return { ...origin, place, prompt: [{ role: 'user' as const, content }] }
})
const pairs: DpoExample[] = situations.map(({ place, ...row }) => ({
  ...row,
  chosen: answer(place),
  rejected: answer(other(place)),
}))
const labelled: KtoExample[] = pairs.flatMap(({ chosen, rejected, ...row }) => [
  { ...row, completion: chosen, label: true },
  { ...row, completion: rejected, label: false },
])
/** The student's own words are wrong; the teacher is told the place in so many words. */
const privileged: DistillExample[] = situations.map(({ place, ...row }) => ({
  ...row,
  privilegedPrompt: [{ role: 'user', content: `[go to ${place}]\n${row.prompt[0]!.content}` }],
  completion: answer(other(place)),
}))
const cloned: SftExample[] = privileged.map(({ privilegedPrompt, completion: _, ...row }, index) => ({
  ...row,
  prompt: privilegedPrompt,
  completion: answer(situations[index]!.place),
}))

const settings: LocalTrainingSettings = {
  epochs: 12,
  tokensPerBatch: 512,
  rowTokens: 128,
  learningRate: 0.005,
  warmupSteps: 2,
  weightDecay: 0,
  threads: 1,
}
const request = (data: TrainingData, more: Partial<TrainRequest> = {}): TrainRequest => ({
  data,
  from: at('base'),
  to: at('trained'),
  scratch: at('scratch'),
  seed: 3,
  ...more,
})

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-rules-'))
  const texts = cloned.flatMap(({ prompt, completion }) => [prompt[0]!.content, completion])
  await createStudent({ to: at('fresh'), texts, size, seed: 1 })
  // A base that answers in form, to any place: what cloning leaves behind.
  const rows = pairs.flatMap(({ chosen, rejected, ...row }) =>
    [chosen, rejected].map((completion) => ({ ...row, completion })),
  )
  await createLocalTrainer({ ...settings, epochs: 15, learningRate: 0.01 }).train(
    request({ rule: 'sft', examples: rows }, { from: at('fresh'), to: at('base') }),
  )
})
afterAll(() => rm(root, { recursive: true }))

/** Mean log p of right answers minus that of wrong ones, and of right ones alone, nats. */
async function judge(checkpoint: string): Promise<{ margin: number; right: number }> {
  const model = await createLocalModel({ checkpoint, threads: 0 })
  const sum = async (completion: string, messages: DpoExample['prompt']) =>
    (await model.score!({ messages, completion })).reduce((a, b) => a + b)
  let margin = 0
  let right = 0
  for (const { chosen, rejected, prompt } of pairs.slice(0, 8)) {
    const good = await sum(chosen, prompt)
    right += good / 8
    margin += (good - (await sum(rejected, prompt))) / 8
  }
  await model.close?.()
  return { margin, right }
}

async function bytes(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).sort()
  return Promise.all(names.map(async (name) => `${name} ${(await readFile(join(folder, name))).toString('base64')}`))
}

async function teacher(): Promise<string> {
  const folder = at('teacher')
  if (!(await readdir(root)).includes('teacher'))
    await createLocalTrainer({ ...settings, epochs: 40, learningRate: 0.01 }).train(
      request({ rule: 'sft', examples: cloned }, { to: folder }),
    )
  return folder
}

describe('rule dpo', () => {
  it('prefers the correction to what the student said, from a loss of log 2 on', async () => {
    const steps: TrainProgress[] = []
    const before = await judge(at('base'))
    const result = await createLocalTrainer({ ...settings, dpo: { beta: 0.1 } }).train(
      request({ rule: 'dpo', examples: pairs }, { to: at('dpo'), onProgress: (one) => steps.push(one) }),
    )
    // Before the first update policy and reference are the same model.
    expect(Math.abs(steps[0]!.loss - Math.LN2)).toBeLessThan(1e-4)
    expect(result.finalLoss).toBeLessThan(0.5)
    expect(result.metrics!.accuracy).toBeGreaterThan(0.95)
    const after = await judge(at('dpo'))
    expect(after.margin - before.margin).toBeGreaterThan(3)
    // Chosen and rejected share their prompt: fewer tokens are read than both rows would take.
    expect(result.tokens).toBeLessThan(1.6 * result.trainedTokens)
  })

  it('keeps near the reference the more the larger beta is, and the sft term holds up what is right', async () => {
    const train = async (name: string, dpo: NonNullable<LocalTrainingSettings['dpo']>) => {
      await createLocalTrainer({ ...settings, epochs: 6, dpo }).train(
        request({ rule: 'dpo', examples: pairs }, { to: at(name) }),
      )
      return judge(at(name))
    }
    const plain = await train('plain', { beta: 0.1 })
    const tight = await train('tight', { beta: 5 })
    const anchored = await train('anchored', { beta: 0.1, sft: 1 })
    expect(tight.margin).toBeLessThan(plain.margin)
    expect(anchored.right).toBeGreaterThan(plain.right)
  })

  it('takes the reference from another folder where one is named', async () => {
    const steps: TrainProgress[] = []
    await createLocalTrainer({ ...settings, epochs: 1 }).train(
      request(
        { rule: 'dpo', examples: pairs },
        { to: at('far'), reference: at('fresh'), onProgress: (one) => steps.push(one) },
      ),
    )
    expect(Math.abs(steps[0]!.loss - Math.LN2)).toBeGreaterThan(1e-3)
  })
})

describe('rule kto', () => {
  it('raises what is desirable and lowers what is not, without pairs', async () => {
    const before = await judge(at('base'))
    const steps: TrainProgress[] = []
    await createLocalTrainer(settings).train(
      request({ rule: 'kto', examples: labelled }, { to: at('kto'), onProgress: (one) => steps.push(one) }),
    )
    expect(Math.abs(steps[0]!.loss - 0.5)).toBeLessThan(1e-4)
    expect(steps[0]!.metrics!.kl).toBeLessThan(1e-4)
    expect(steps.at(-1)!.loss).toBeLessThan(0.45)
    const after = await judge(at('kto'))
    expect(after.margin - before.margin).toBeGreaterThan(2)
  })

  it('refuses data of one label unless it is asked for, as the paper does with undesirable: 0', async () => {
    const desirable = labelled.filter(({ label }) => label)
    const train = (examples: KtoExample[], kto: NonNullable<LocalTrainingSettings['kto']>, name = 'one') =>
      createLocalTrainer({ ...settings, epochs: 2, kto }).train(request({ rule: 'kto', examples }, { to: at(name) }))
    await expect(train(desirable, {})).rejects.toMatchObject({
      code: 'DATA_ONE_SIDED',
      message: expect.stringMatching(/found 24 desirable and 0 undesirable.*\n.*undesirable: 0/),
    })
    await train(desirable, { oneSided: true }, 'asked')
    // Rows of weight 0 are left out: both trainings are the same.
    await train(labelled, { undesirable: 0 }, 'paper')
    expect(await bytes(at('paper'))).toEqual(await bytes(at('asked')))
    await expect(train([], {})).rejects.toMatchObject({ code: 'DATA_EMPTY' })
  })
})

describe('rule distill', () => {
  it.each([
    'forward',
    'reverse',
    'mixed',
  ] as const)('draws the student towards a teacher that knows more: %s', async (divergence) => {
    const steps: TrainProgress[] = []
    const before = await judge(at('base'))
    await createLocalTrainer({ ...settings, epochs: 16, distill: { divergence } }).train(
      request(
        { rule: 'distill', examples: privileged },
        { to: at(divergence), teacher: await teacher(), onProgress: (one) => steps.push(one) },
      ),
    )
    expect(steps.at(-1)!.loss).toBeLessThan(0.6 * steps[0]!.loss)
    // The rows hold wrong answers only: what is right comes from the teacher's distribution.
    expect((await judge(at(divergence))).margin - before.margin).toBeGreaterThan(1)
  })

  it('is its own teacher where none is named, and refuses one that speaks other tokens', async () => {
    const one = request({ rule: 'distill', examples: privileged.slice(0, 4) }, { to: at('self') })
    const { finalLoss } = await createLocalTrainer({ ...settings, epochs: 1 }).train(one)
    expect(finalLoss).toBeGreaterThan(0)
    await createStudent({ to: at('stranger'), texts: ['something else'], size, seed: 1 })
    const strange = createLocalTrainer(settings).train({ ...one, teacher: at('stranger') })
    await expect(strange).rejects.toMatchObject({ code: 'TEACHER_VOCABULARY' })
  })
})

describe('every rule', () => {
  it.each([
    ['dpo', { rule: 'dpo', examples: pairs }, {}],
    ['kto', { rule: 'kto', examples: labelled }, {}],
    ['distill', { rule: 'distill', examples: privileged }, {}],
    ['dpo with an adapter', { rule: 'dpo', examples: pairs }, { lora: { rank: 2, alpha: 4, dropout: 0.1 } }],
  ] as [
    string,
    TrainingData,
    LocalTrainingSettings,
  ][])('ends with the same bytes when it is interrupted and started again: %s', async (name, data, more) => {
    const short = { ...settings, ...more, epochs: 2, tokensPerBatch: 128, saveEvery: 2 }
    const [whole, cut] = [at(`whole ${name}`), at(`cut ${name}`)]
    const undisturbed = await createLocalTrainer(short).train(request(data, { to: whole }))
    const controller = new AbortController()
    const onProgress = ({ step }: TrainProgress) => void (step === 3 && controller.abort(new Error('killed')))
    const scratch = at(`scratch ${name}`)
    const killed = createLocalTrainer(short).train(
      request(data, { to: cut, scratch, signal: controller.signal, onProgress }),
    )
    await expect(killed).rejects.toThrow('killed')
    const steps: number[] = []
    const resumed = await createLocalTrainer({ ...short, threads: 2 }).train(
      request(data, { to: cut, scratch, onProgress: ({ step }) => void steps.push(step) }),
    )
    expect(steps[0]).toBe(3)
    expect({ ...resumed, seconds: 0 }).toEqual({ ...undisturbed, seconds: 0 })
    expect(await bytes(cut)).toEqual(await bytes(whole))
    expect(await readdir(scratch)).toEqual([])
  })
})
