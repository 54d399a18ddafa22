import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { SftExample } from '../../contracts/example.ts'
import type { TrainProgress, TrainRequest } from '../../contracts/trainer.ts'
import type { Clock } from '../../support/clock.ts'
import { readModelReference, writeModelReference } from '../model-reference.ts'
import { createHostedTrainer, type HostedTrainerOptions } from './hosted-trainer.ts'
import { type HostedSettingsInput, hostedSchema } from './settings.ts'
import { type FakeService, startFakeService } from './testing/fake-service.ts'

let root = ''
let count = 0
const services: FakeService[] = []
const origin = { trajectoryId: 'train/0', step: 0, source: 'correction', iteration: 1 } as const
const prompt = (n: number) => [{ role: 'user' as const, content: `find pen ${n}` }]
const sft: SftExample[] = Array.from({ length: 12 }, (_, n) => ({
  ...origin,
  prompt: prompt(n),
  completion: ` go ${n}\n`,
}))
const dpo = sft.map(({ completion: chosen, ...row }) => ({ ...row, chosen, rejected: ' wait\n' }))

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-hosted-'))
})
afterEach(async () => {
  for (const service of services.splice(0)) await service.close()
})
afterAll(() => rm(root, { recursive: true }))

/** A clock whose sleeps are over at once. */
function quickClock(): Clock & { slept: number[] } {
  let now = 0
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    elapsed: () => now,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted()
      slept.push(milliseconds)
      now += milliseconds
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

async function setUp(
  service: Parameters<typeof startFakeService>[0] = {},
  settings: Partial<HostedSettingsInput> = {},
) {
  const fake = await startFakeService(service)
  services.push(fake)
  const folder = join(root, `run-${count++}`)
  await writeModelReference(join(folder, 'base'), { kind: 'hosted', model: 'small', baseUrl: fake.url })
  const said: string[] = []
  const clock = quickClock()
  const options: HostedTrainerOptions = {
    settings: hostedSchema.parse({ baseUrl: fake.url, ...settings }),
    env: { OPENAI_API_KEY: 'key-1' },
    clock,
    announce: (line) => said.push(line),
  }
  const request: TrainRequest = {
    data: { rule: 'sft', examples: sft },
    from: join(folder, 'base'),
    to: join(folder, 'checkpoints', 'pi_1'),
    scratch: join(folder, 'scratch'),
    seed: 1,
  }
  return { fake, said, clock, options, request, trainer: createHostedTrainer(options) }
}

describe('the hosted trainer', () => {
  it('uploads rows, starts a job, waits for it, and leaves a reference to the model', async () => {
    const { fake, said, clock, request, trainer } = await setUp({}, { epochs: 3, pricePerMillionTokens: 5, poll: 7 })
    const progress: TrainProgress[] = []
    const result = await trainer.train({
      ...request,
      heldOut: sft.slice(0, 10),
      onProgress: (one) => progress.push(one),
    })
    expect(result).toMatchObject({ steps: 2, tokens: 1234, trainedTokens: 1234, finalLoss: 0.4, seconds: 14 })
    expect(progress.map(({ step, steps, loss }) => [step, steps, loss])).toEqual([
      [1, 2, 0.9],
      [2, 2, 0.4],
    ])
    expect(clock.slept).toEqual([7000, 7000])
    const [rows, validation] = [...fake.files.values()]
    expect(rows!.name).toMatch(/^leap-[0-9a-f]{16}\.jsonl$/)
    expect(JSON.parse(rows!.content.split('\n')[1]!)).toEqual({
      messages: [...prompt(1), { role: 'assistant', content: ' go 1\n', weight: 1 }],
    })
    expect(validation!.content.trim().split('\n')).toHaveLength(10)
    expect(fake.jobs[0]).toMatchObject({
      model: 'small',
      training_file: 'file-1',
      validation_file: 'file-2',
      suffix: 'pi-1',
      seed: 1,
      method: {
        type: 'supervised',
        supervised: { hyperparameters: { n_epochs: 3, batch_size: 'auto', learning_rate_multiplier: 'auto' } },
      },
    })
    expect(await readModelReference(request.to)).toEqual({
      kind: 'hosted',
      model: 'ft:small:pi-1',
      baseUrl: fake.url,
      job: 'ftjob-1',
    })
    expect(said[0]).toMatch(/^hosted training by sft: 12 rows, about [\d,]+ tokens in 3 passes; about \$0\.0\d$/)
    // Killed before the run could note it: nothing is asked again.
    const before = fake.calls.length
    expect(await trainer.train({ ...request, heldOut: sft.slice(0, 10) })).toEqual(result)
    expect(fake.calls.length).toBe(before)
  })

  it('writes pairs for dpo with their strength', async () => {
    const { fake, request, options } = await setUp()
    await createHostedTrainer({ ...options, beta: 0.01 }).train({ ...request, data: { rule: 'dpo', examples: dpo } })
    expect(JSON.parse([...fake.files.values()][0]!.content.split('\n')[0]!)).toEqual({
      input: { messages: prompt(0), tools: [], parallel_tool_calls: true },
      preferred_output: [{ role: 'assistant', content: ' go 0\n' }],
      non_preferred_output: [{ role: 'assistant', content: ' wait\n' }],
    })
    expect(fake.jobs[0]!.method).toMatchObject({
      type: 'dpo',
      dpo: { hyperparameters: { beta: 0.01, n_epochs: 'auto' } },
    })
  })

  it('comes back to the job that it had started, however it was ended', async () => {
    const { fake, request, trainer, said } = await setUp({ polls: 3 })
    const controller = new AbortController()
    const cut = trainer.train({
      ...request,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('cancelled')),
    })
    await expect(cut).rejects.toThrow('cancelled')
    await trainer.train(request)
    expect(fake.jobs).toHaveLength(1)
    expect(fake.files.size).toBe(1)
    expect(said.at(-1)).toMatch(/ftjob-1 was started before/)

    // Killed between the service's answer and the note about it: the service knows.
    const other = await setUp()
    const stop = new AbortController()
    await expect(
      other.trainer.train({ ...other.request, signal: stop.signal, onProgress: () => stop.abort(new Error('killed')) }),
    ).rejects.toThrow('killed')
    await rm(other.request.scratch, { recursive: true })
    await other.trainer.train(other.request)
    expect(other.fake.jobs).toHaveLength(1)
    expect(other.fake.files.size).toBe(1)
  })

  it('waits out a service that is busy, and says what a failed job says', async () => {
    const busy = await setUp({ busy: 3 })
    await expect(busy.trainer.train(busy.request)).resolves.toMatchObject({ steps: 2 })
    const failing = await setUp({ end: 'failed' })
    await expect(failing.trainer.train(failing.request)).rejects.toThrow(/ftjob-1 failed: Row 3 is too long/)
    await expect(failing.trainer.train(failing.request)).rejects.toThrow(/ftjob-2 failed/)
    expect(failing.fake.files.size).toBe(1)
  })

  it('shows and caps the cost before anything is sent, and never the key', async () => {
    const dear = await setUp({}, { pricePerMillionTokens: 1e6, epochs: 1, budget: 1 })
    await expect(dear.trainer.train(dear.request)).rejects.toThrow(
      /would cost about \$\d+\.\d\d, training\.hosted\.budget is \$1\.00/,
    )
    const unknown = await setUp({}, { budget: 1 })
    await expect(unknown.trainer.train(unknown.request)).rejects.toMatchObject({ code: 'HOSTED_BUDGET' })
    expect([...dear.fake.calls, ...unknown.fake.calls]).toEqual([])
    const wrong = await setUp()
    const keyed = createHostedTrainer({ ...wrong.options, env: { OPENAI_API_KEY: 'sk-secret-key-2' } }).train(
      wrong.request,
    )
    await expect(keyed).rejects.toMatchObject({
      code: 'HOSTED_KEY',
      message: expect.not.stringContaining('sk-secret-key-2'),
    })
    const none = createHostedTrainer({ ...wrong.options, env: {} }).train(wrong.request)
    await expect(none).rejects.toMatchObject({ code: 'MODEL_KEY_MISSING' })
  })

  it('refuses rules that no service offers, too few rows, and a start that is no hosted model', async () => {
    const { request, trainer } = await setUp()
    await expect(trainer.train({ ...request, data: { rule: 'kto', examples: [] } })).rejects.toMatchObject({
      code: 'RULE_UNSUPPORTED',
    })
    const few = { rule: 'sft', examples: sft.slice(0, 3) } as const
    await expect(trainer.train({ ...request, data: few })).rejects.toMatchObject({ code: 'DATA_TOO_SMALL' })
    await expect(trainer.train({ ...request, from: root })).rejects.toMatchObject({ code: 'TRAINING_START' })
    expect(await readdir(request.scratch).catch(() => [])).toEqual([])
  })

  it('keeps what it has started in a file of its own', async () => {
    const { request, trainer } = await setUp()
    await trainer.train(request)
    const state = JSON.parse(await readFile(join(request.scratch, 'hosted.json'), 'utf8'))
    expect(state).toMatchObject({ file: 'file-1', job: 'ftjob-1' })
  })
})
