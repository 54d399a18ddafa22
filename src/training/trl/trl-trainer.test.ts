import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DpoExample, KtoExample, SftExample } from '../../contracts/example.ts'
import type { TrainProgress, TrainRequest } from '../../contracts/trainer.ts'
import { readModelFolder } from '../../transformer/model-folder.ts'
import { createStudent } from '../local/create-student.ts'
import { writeFakePython } from './testing/fake-python.ts'
import { createTrlTrainer, type TrlTrainerOptions } from './trl-trainer.ts'

let root = ''
let python = ''
const base = () => join(root, 'base')
const lora = { rank: 4, alpha: 8, dropout: 0, targetModules: ['q_proj', 'v_proj'] }
const block = { updates: 4, learningRate: 1e-4, warmupSteps: 1, weightDecay: 0, lora }
const origin = { trajectoryId: 'train/0', step: 0, source: 'correction', iteration: 1 } as const
const prompt = (n: number) => [{ role: 'user' as const, content: `find pen ${n}\nREASON:` }]
const sft: SftExample[] = [1, 2, 3].map((n) => ({ ...origin, prompt: prompt(n), completion: ` go ${n}\n` }))
const dpo: DpoExample[] = [1, 2].map((n) => ({
  ...origin,
  prompt: prompt(n),
  chosen: ` go ${n}\n`,
  rejected: ' wait\n',
}))
const kto: KtoExample[] = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => ({
  ...origin,
  prompt: prompt(n),
  completion: ` go ${n}\n`,
  label: n < 4,
}))

function trainer(more: Partial<TrlTrainerOptions> & { how?: string } = {}) {
  const env = { ...process.env, FAKE_TRAINER: more.how ?? '' }
  return createTrlTrainer({ block, trl: { python, ...more.trl }, env, grace: 5_000, ...more })
}
let folders = 0
function request(more: Partial<TrainRequest> = {}): TrainRequest {
  const name = `training-${folders++}`
  const to = join(root, name, 'checkpoints', 'pi_1')
  return {
    data: { rule: 'sft', examples: sft },
    from: base(),
    to,
    scratch: join(root, name, 'scratch'),
    seed: 1,
    ...more,
  }
}
const jobOf = async (scratch: string) => {
  const [folder] = await readdir(scratch)
  return JSON.parse(await readFile(join(scratch, folder!, 'job.json'), 'utf8'))
}
/** The job and the rows of a training that fails on purpose, so that they are still there. */
async function written(options: Parameters<typeof trainer>[0], more: Partial<TrainRequest>) {
  const asked = request(more)
  await expect(trainer({ ...options, how: 'crash' }).train(asked)).rejects.toMatchObject({ code: 'TRL_FAILED' })
  const job = await jobOf(asked.scratch)
  const rows = (await readFile(job.rows.train, 'utf8')).trim().split('\n')
  return { job, rows: rows.map((row) => JSON.parse(row)) }
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-trl-'))
  python = await writeFakePython(join(root, 'bin'))
  const texts = sft.map((row) => row.prompt[0]!.content + row.completion)
  const size = {
    hidden_size: 16,
    intermediate_size: 32,
    num_hidden_layers: 2,
    num_attention_heads: 2,
    num_key_value_heads: 2,
  }
  await createStudent({ to: base(), texts, size, seed: 1 })
})
afterAll(() => rm(root, { recursive: true }))

describe('the trl trainer', () => {
  it('leaves an adapter folder that names its base, tells its progress, and cleans up', async () => {
    const progress: TrainProgress[] = []
    const asked = request({ heldOut: sft.slice(0, 1), onProgress: (one) => progress.push(one) })
    const result = await trainer().train(asked)
    expect(progress.map(({ step, loss }) => [step, loss])).toEqual([
      [1, 2.5],
      [2, 2],
      [3, 1.5],
      [4, 1],
    ])
    expect(result).toEqual({ steps: 4, tokens: 40, trainedTokens: 16, finalLoss: 1, heldOutLoss: 1.5, seconds: 1 })
    expect((await readdir(asked.to)).sort()).toEqual([
      'adapter_config.json',
      'adapter_model.safetensors',
      'base_config.json',
      'probe.json',
      'training-log.jsonl',
      'training.json',
    ])
    expect(await readdir(asked.scratch)).toEqual([])
    const { base: read, adapter } = await readModelFolder(asked.to)
    expect(read.config.hidden_size).toBe(16)
    expect(adapter!.settings).toMatchObject({ rank: 4, alpha: 8, targetModules: ['q_proj', 'v_proj'] })
    // A run may be moved together with its base.
    const config = JSON.parse(await readFile(join(asked.to, 'adapter_config.json'), 'utf8'))
    expect(config.base_model_name_or_path).toBe('../../../base')
    const probes = JSON.parse(await readFile(join(asked.to, 'probe.json'), 'utf8'))
    expect(probes).toEqual(sft.map((row) => row.prompt))
  })

  it('writes rows as TRL takes them, and the settings under the names that the scripts read', async () => {
    const found = await written({ trl: { python, rowsPerDevice: 3, maxLength: 99, epochs: 2 } }, {})
    expect(found.rows[0]).toEqual({ prompt: prompt(1), completion: [{ role: 'assistant', content: ' go 1\n' }] })
    expect(found.job).toMatchObject({
      rule: 'sft',
      model: { base: base(), adapter: null, revision: null, reference: null },
      updates: null,
      epochs: 2,
      rows_per_device: 3,
      accumulation: 8,
      max_length: 99,
      learning_rate: 1e-4,
      lora: { rank: 4, alpha: 8, dropout: 0, target_modules: ['q_proj', 'v_proj'], rank_stabilised: false },
      parent: process.pid,
    })
  })

  it('takes pairs for dpo and labels for kto, shuffled and with their weights', async () => {
    const pairs = await written(
      { block: { ...block, dpo: { beta: 0.01, sft: 0.5 } } },
      { data: { rule: 'dpo', examples: dpo } },
    )
    expect(pairs.rows[0]).toEqual({
      prompt: prompt(1),
      chosen: [{ role: 'assistant', content: ' go 1\n' }],
      rejected: [{ role: 'assistant', content: ' wait\n' }],
    })
    expect(pairs.job).toMatchObject({ rule: 'dpo', dpo: { beta: 0.01, sft_weight: 0.5 } })
    const weights = { beta: 0.2, desirable: 1, undesirable: 0, oneSided: false }
    const labelled = await written({ block: { ...block, kto: weights } }, { data: { rule: 'kto', examples: kto } })
    expect(labelled.job.kto).toEqual({ beta: 0.2, desirable_weight: 1, undesirable_weight: 0 })
    const labels = labelled.rows.map(({ label }) => label)
    expect(labels.filter(Boolean)).toHaveLength(4)
    expect(labels).not.toEqual(kto.map(({ label }) => label))
  })

  it('gives distill both prompts of a row and its teacher, whose weights determine the result', async () => {
    const privilegedPrompt = [{ role: 'user' as const, content: '[it is in 1]\nREASON:' }]
    const examples = sft.map((row) => ({ ...row, privilegedPrompt }))
    const data = { rule: 'distill', examples } as const
    const distill = { divergence: 'mixed' as const, mixture: 0.3, temperature: 2 }
    const own = await written({ block: { ...block, distill } }, { data })
    expect(own.rows[0]).toEqual({
      prompt: prompt(1),
      privileged_prompt: privilegedPrompt,
      completion: [{ role: 'assistant', content: ' go 1\n' }],
    })
    expect(own.job).toMatchObject({ rule: 'distill', distill, model: { base: base(), teacher: null, reference: null } })
    const first = request()
    await trainer().train(first)
    // A reference is what dpo and kto keep near; a teacher is what distill learns from.
    const taught = await written({}, { data, teacher: first.to, reference: first.to })
    expect(taught.job.model).toMatchObject({ teacher: { base: base(), adapter: first.to }, reference: null })
    expect(taught.job.distill).toEqual({ divergence: 'reverse', mixture: 0.5, temperature: 1 })
    const asked = request({ data, teacher: first.to })
    await trainer().train(asked)
    const steps: number[] = []
    await trainer().train({ ...asked, teacher: base(), onProgress: ({ step }) => steps.push(step) })
    expect(steps).toEqual([1, 2, 3, 4])
  })

  it('goes on from an adapter, which is then its own reference, and takes another one where it is told', async () => {
    const first = request()
    await trainer().train(first)
    const data = { rule: 'dpo', examples: dpo } as const
    const own = await written({}, { data, from: first.to, reference: first.to })
    expect(own.job.model).toEqual({ base: base(), revision: null, adapter: first.to, reference: null, teacher: null })
    const other = await written({}, { data, from: base(), reference: first.to })
    expect(other.job.model).toEqual({
      base: base(),
      revision: null,
      adapter: null,
      reference: { base: base(), revision: null, adapter: first.to },
      teacher: null,
    })
    const wider = trainer({ block: { ...block, lora: { ...lora, rank: 8 } } })
    await expect(wider.train(request({ from: first.to }))).rejects.toMatchObject({ code: 'ADAPTER_MISMATCH' })
    const { lora: _, ...all } = block
    await expect(trainer({ block: all }).train(request({ from: first.to }))).rejects.toThrow(/asks for all weights/)
  })

  it('stops the process when it is cancelled, and goes on where it was', async () => {
    const controller = new AbortController()
    const asked = request({ signal: controller.signal })
    const cut = trainer({ how: 'hang' }).train({
      ...asked,
      onProgress: ({ step }) => step === 2 && controller.abort(new Error('cancelled')),
    } as TrainRequest)
    await expect(cut).rejects.toThrow('cancelled')
    await expect(readdir(asked.to)).rejects.toThrow()
    const said: string[] = []
    const steps: number[] = []
    const { signal: _, ...again } = asked
    await trainer({ announce: (line) => said.push(line) }).train({
      ...again,
      onProgress: ({ step }) => steps.push(step),
    })
    expect(steps).toEqual([3, 4])
    expect(said).toEqual(['training goes on after update 2 of 4'])
  })

  it('does not train again what a killed run had finished, and does when something has changed', async () => {
    const asked = request()
    const first = await trainer().train(asked)
    const steps: number[] = []
    const onProgress = ({ step }: TrainProgress) => steps.push(step)
    expect(await trainer({ how: 'crash' }).train({ ...asked, onProgress })).toEqual(first)
    expect(steps).toEqual([])
    await trainer().train({ ...asked, seed: 2, onProgress })
    expect(steps).toEqual([1, 2, 3, 4])
  })

  it('tells what went wrong with what to do, and where the log is', async () => {
    const failing = (how: string) => trainer({ how }).train(request())
    await expect(failing('memory')).rejects.toThrow(
      /CUDA out of memory\n {2}To need less memory: less\. Log: .*training\.log/,
    )
    await expect(failing('memory')).rejects.toMatchObject({ code: 'TRL_OUT_OF_MEMORY' })
    await expect(failing('killed')).rejects.toMatchObject({ code: 'TRL_KILLED' })
    await expect(failing('nothing')).rejects.toMatchObject({ code: 'TRL_RESULT' })
    const crashed = request()
    await expect(trainer({ how: 'crash' }).train(crashed)).rejects.toThrow(/the library broke/)
    const [folder] = await readdir(crashed.scratch)
    const log = await readFile(join(crashed.scratch, folder!, 'training.log'), 'utf8')
    expect(log).toContain('some library talks')
    expect(log).toContain('the library broke')
    const missing = trainer({ trl: { python: join(root, 'no-python') } }).train(request())
    await expect(missing).rejects.toMatchObject({ code: 'PYTHON_MISSING' })
  })

  it('refuses data that cannot be trained on before it starts anything', async () => {
    const refuse = (data: TrainRequest['data'], options = {}) => trainer(options).train(request({ data }))
    await expect(refuse({ rule: 'sft', examples: [] })).rejects.toMatchObject({ code: 'DATA_EMPTY' })
    await expect(refuse({ rule: 'distill', examples: [] })).rejects.toMatchObject({ code: 'DATA_EMPTY' })
    const good = kto.filter(({ label }) => label)
    await expect(refuse({ rule: 'kto', examples: good })).rejects.toThrow(/all 4 are good/)
    const oneSided = { block: { ...block, kto: { beta: 0.1, desirable: 1, undesirable: 1, oneSided: true } } }
    await expect(refuse({ rule: 'kto', examples: good }, oneSided)).resolves.toMatchObject({ steps: 4 })
    const weighted = { block: { ...block, kto: { beta: 0.1, desirable: 1, undesirable: 0, oneSided: false } } }
    await expect(refuse({ rule: 'kto', examples: good }, weighted)).resolves.toMatchObject({ steps: 4 })
    await expect(trainer().train(request({ from: join(root, 'bin') }))).rejects.toMatchObject({
      code: 'TRAINING_START',
    })
  })

  it('starts accelerate where there are several processes, and tells what other machines have to do', async () => {
    const said: string[] = []
    const distributed = { processes: 4, machines: 2, strategy: 'fsdp' as const, mainAddress: '10.0.0.1' }
    const asked = request()
    const calls = join(root, 'calls')
    const real = await readFile(python, 'utf8')
    await writeFile(python, real.replace('exec', `echo "$@" >> ${JSON.stringify(calls)}; exec`))
    await trainer({ trl: { python, distributed }, announce: (line) => said.push(line), how: '' }).train(asked)
    const call = await readFile(calls, 'utf8')
    expect(call).toMatch(
      /^-m accelerate\.commands\.launch --config_file \S+accelerate\.json -m leap_trl\.sft \S+job\.json/,
    )
    expect(said.join('\n')).toMatch(/On machine 1, .*accelerate-1\.json -m leap_trl\.sft/)
    await writeFile(python, real)
  })

  it('reads a hub model and an adapter of one', async () => {
    const first = request()
    await trainer().train(first)
    const path = join(first.to, 'adapter_config.json')
    const config = JSON.parse(await readFile(path, 'utf8'))
    await writeFile(path, JSON.stringify({ ...config, base_model_name_or_path: 'HuggingFaceTB/SmolLM2-135M' }))
    await rename(first.to, join(root, 'moved'))
    const { job } = await written({}, { from: join(root, 'moved') })
    expect(job.model).toMatchObject({ base: 'HuggingFaceTB/SmolLM2-135M', adapter: join(root, 'moved') })
  })
})
