import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import type { Trainer, TrainRequest, TrainResult } from '../../contracts/trainer.ts'
import { withRetries } from '../../execution/with-retries.ts'
import { requireKey } from '../../models/keys/find-key.ts'
import type { Environment } from '../../models/keys/read-environment.ts'
import { writeFolderAtomic } from '../../support/atomic-folder.ts'
import type { Clock } from '../../support/clock.ts'
import { hashText } from '../../support/hash.ts'
import { type ModelReference, readModelReference, referenceFile } from '../model-reference.ts'
import { readTrained, trainedFile } from '../trained-file.ts'
import { jobMetrics } from './job-progress.ts'
import { type JobState, readJobState, writeJobState } from './job-state.ts'
import { createJobsClient, type Job, type JobsClient } from './jobs-client.ts'
import { checkHostedData, estimateTokens, type HostedData, openaiLines } from './openai-lines.ts'
import type { HostedSettings } from './settings.ts'

export interface HostedTrainerOptions {
  settings: HostedSettings
  /** dpo's strength; the service chooses if left out. */
  beta?: number | undefined
  env: Environment
  clock: Clock
  fetch?: typeof globalThis.fetch
  /** Told the cost before a job is made, and where the job is. */
  announce?: (line: string) => void
}

/**
 * Trains by a service that fine-tunes (OpenAI's files and jobs; sft and dpo). The checkpoint is a reference to the model that came out. The training file and
 * the job are remembered in `scratch` and found again by their names on the service, so that a killed run neither uploads nor pays twice; Ctrl-C leaves the job
 * running. Throws MODEL_KEY_MISSING, RULE_UNSUPPORTED, DATA_TOO_SMALL, HOSTED_* and, before anything is sent, HOSTED_BUDGET and TRAINING_START.
 */
export function createHostedTrainer(options: HostedTrainerOptions): Trainer {
  return { name: 'hosted', train: (request) => train(request, options) }
}

async function train(request: TrainRequest, options: HostedTrainerOptions): Promise<TrainResult> {
  const { settings, beta, env, clock, fetch = globalThis.fetch, announce = () => {} } = options
  const { from, to, scratch, seed, heldOut = [], signal } = request
  const data = checkHostedData(request.data)
  const start = await hostedModel(from)
  const lines = openaiLines(data)
  const validation = data.rule === 'sft' && heldOut.length > 0 ? openaiLines({ rule: 'sft', examples: heldOut }) : []
  const { poll: _, pricePerMillionTokens: __, budget: ___, keyVariable: ____, ...decisive } = settings
  const training = hashText([
    JSON.stringify([data.rule, start.model, seed, beta ?? null, decisive]),
    ...lines,
    '',
    ...validation,
  ])
  const trained = await readTrained(to, training)
  if (trained) return trained

  const key = requireKey(env, 'training.hosted', [settings.keyVariable])
  const client = createJobsClient({ baseUrl: settings.baseUrl, key, fetch })
  await mkdir(scratch, { recursive: true })
  const state = await readJobState(scratch, training)
  if (state.job === undefined) announceCost(data, lines, settings, announce)
  const again = <Result>(work: () => Promise<Result>) => patiently(work, { clock, signal, training })
  await uploadOnce({ state, scratch, lines, validation, client, again })
  const suffix = settings.suffix ?? basename(to).replaceAll(/[^A-Za-z0-9-]/g, '-')
  const body = jobBody({ data, start, state, settings, beta, seed, suffix, training })
  await startOnce({ state, scratch, body, client, again, announce })

  const begun = clock.now()
  const job = await waitForJob({ id: state.job!, client, again, clock, settings, request })
  const metrics = jobMetrics(await again(() => client.events(job.id)))
  const tokens = job.trained_tokens ?? estimateTokens(lines) * (settings.epochs ?? 1)
  const last = metrics.slice(-Math.ceil(metrics.length / 10))
  const result: TrainResult = {
    steps: metrics.at(-1)?.steps ?? metrics.at(-1)?.step ?? 0,
    tokens,
    trainedTokens: tokens,
    // Where a service tells no losses there is nothing to report; the evaluation says how the training went.
    ...(last.length > 0 ? { finalLoss: last.reduce((sum, { loss }) => sum + loss, 0) / last.length } : {}),
    seconds: (clock.now() - begun) / 1000,
  }
  const reference: ModelReference = {
    kind: 'hosted',
    model: job.fine_tuned_model!,
    baseUrl: settings.baseUrl,
    job: job.id,
  }
  await writeFolderAtomic(to, async (temporary) => {
    await writeFile(join(temporary, referenceFile), `${JSON.stringify(reference, null, 2)}\n`)
    await writeFile(join(temporary, trainedFile), `${JSON.stringify({ id: training, result }, null, 2)}\n`)
  })
  return result
}

async function hostedModel(from: string): Promise<Extract<ModelReference, { kind: 'hosted' }>> {
  const reference = await readModelReference(from)
  if (reference?.kind === 'hosted') return reference
  throw new LeapError({
    code: 'TRAINING_START',
    message: `${from}: expected a reference to a model of the service, found ${reference ? `one of kind ${reference.kind}` : 'none'}`,
    remedy:
      'With training.trainer hosted, student.checkpoint is hosted:<model>, for example hosted:gpt-4.1-mini-2025-04-14.',
  })
}

/** Throws HOSTED_BUDGET before anything has been sent. */
function announceCost(
  { rule, examples }: HostedData,
  lines: readonly string[],
  { pricePerMillionTokens, epochs, budget }: HostedSettings,
  announce: (line: string) => void,
): void {
  const tokens = estimateTokens(lines) * (epochs ?? 1)
  const size = `hosted training by ${rule}: ${examples.length} rows, about ${tokens.toLocaleString('en')} tokens${epochs === undefined ? ' a pass (the service chooses how many)' : ` in ${epochs} passes`}`
  if (pricePerMillionTokens === undefined) {
    if (budget !== undefined)
      throw new LeapError({
        code: 'HOSTED_BUDGET',
        message: 'training.hosted.budget: a budget needs a price to be compared with',
        remedy: "Set training.hosted.pricePerMillionTokens from the service's price list.",
      })
    announce(`${size}; cost unknown (set training.hosted.pricePerMillionTokens to see it)`)
    return
  }
  const cost = (tokens * pricePerMillionTokens) / 1e6
  announce(`${size}; about $${cost.toFixed(2)}${epochs === undefined ? ' a pass' : ''}`)
  if (budget === undefined || cost <= budget) return
  throw new LeapError({
    code: 'HOSTED_BUDGET',
    message: `the training would cost about $${cost.toFixed(2)}, training.hosted.budget is $${budget.toFixed(2)}`,
    remedy: 'Raise the budget, lower training.hosted.epochs, or train on fewer rows (corrections.perTrajectory).',
  })
}

interface Step {
  state: JobState
  scratch: string
  client: JobsClient
  again: <Result>(work: () => Promise<Result>) => Promise<Result>
}

async function uploadOnce({
  state,
  scratch,
  lines,
  validation,
  client,
  again,
}: Step & { lines: readonly string[]; validation: readonly string[] }) {
  const files = [
    ['file', `leap-${state.training}.jsonl`, lines],
    ['validationFile', `leap-${state.training}-validation.jsonl`, validation],
  ] as const
  for (const [field, name, rows] of files) {
    if (state[field] !== undefined || rows.length === 0) continue
    const content = rows.map((line) => `${line}\n`).join('')
    // A session that was killed between the upload and its note has left the file under this name.
    state[field] = (await again(() => client.findFile(name))) ?? (await again(() => client.upload({ name, content })))
    await writeJobState(scratch, state)
  }
}

function jobBody(options: {
  data: HostedData
  start: { model: string }
  state: JobState
  settings: HostedSettings
  beta: number | undefined
  seed: number
  suffix: string
  training: string
}): Record<string, unknown> {
  const { data, start, state, settings, beta, seed, suffix, training } = options
  const { epochs, batchSize, learningRateMultiplier } = settings
  const hyperparameters = {
    n_epochs: epochs ?? 'auto',
    batch_size: batchSize ?? 'auto',
    learning_rate_multiplier: learningRateMultiplier ?? 'auto',
  }
  return {
    model: start.model,
    training_file: state.file,
    ...(state.validationFile === undefined ? {} : { validation_file: state.validationFile }),
    suffix,
    seed: seed % 2 ** 31,
    metadata: { leap: training },
    method:
      data.rule === 'sft'
        ? { type: 'supervised', supervised: { hyperparameters } }
        : { type: 'dpo', dpo: { hyperparameters: { ...hyperparameters, beta: beta ?? 'auto' } } },
  }
}

async function startOnce({
  state,
  scratch,
  body,
  client,
  again,
  announce,
}: Step & { body: Record<string, unknown>; announce: (line: string) => void }) {
  if (state.job === undefined) {
    const found = await again(() => client.findJob('leap', state.training))
    // A job that came to nothing is tried again; one that runs or has succeeded is taken up. Creating is not repeated blindly: it may have been paid for.
    const usable = found && !['failed', 'cancelled'].includes(found.status) ? found : undefined
    state.job = (usable ?? (await client.create(body))).id
    await writeJobState(scratch, state)
    announce(`hosted job ${state.job} is at work; Ctrl-C leaves it running, and the same command comes back to it`)
  } else announce(`hosted job ${state.job} was started before; waiting for it`)
}

async function waitForJob(options: {
  id: string
  client: JobsClient
  again: Step['again']
  clock: Clock
  settings: HostedSettings
  request: TrainRequest
}): Promise<Job> {
  const { id, client, again, clock, settings, request } = options
  const { onProgress, signal, scratch } = request
  let told = 0
  for (;;) {
    signal?.throwIfAborted()
    const job = await again(() => client.get(id))
    if (onProgress)
      for (const { step, steps, loss } of jobMetrics(await again(() => client.events(id)))) {
        if (step <= told) continue
        told = step
        onProgress({ step, steps: steps ?? step, loss, learningRate: 0, tokensPerSecond: 0 })
      }
    if (job.status === 'succeeded' && job.fine_tuned_model) return job
    if (job.status === 'failed' || job.status === 'cancelled') {
      // The next session makes a new one.
      await writeJobState(scratch, { training: '' })
      throw new LeapError({
        code: 'HOSTED_JOB_FAILED',
        message: `hosted job ${id} ${job.status}: ${job.error?.message ?? 'the service gives no reason'}`,
        remedy:
          'Mend what the service says, and start the run again: a new job is made, with the files that are there.',
      })
    }
    await clock.sleep(1000 * settings.poll, signal)
  }
}

/** Asks again where the network or the service is at fault: a job takes hours, and a short outage must not end the run. */
function patiently<Result>(
  work: () => Promise<Result>,
  { clock, signal, training }: { clock: Clock; signal: AbortSignal | undefined; training: string },
): Promise<Result> {
  const attempt = () =>
    work().catch((error: unknown) => {
      if (LeapError.is(error) && !['HOSTED_UNREACHABLE', 'HOSTED_BUSY'].includes(error.code)) return { failed: error }
      throw error
    })
  return withRetries(attempt, { retries: 8, backoff: 1000, seed: 0, name: training, clock, signal }).then((result) => {
    if (typeof result === 'object' && result !== null && 'failed' in result) throw result.failed
    return result as Result
  })
}
