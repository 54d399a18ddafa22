import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Trainer, TrainRequest, TrainResult } from '../../contracts/trainer.ts'
import type { Environment } from '../../models/keys/read-environment.ts'
import { hashText } from '../../support/hash.ts'
import { readTrained, trainedFile } from '../trained-file.ts'
import { accelerateConfig, isDistributed } from './accelerate-config.ts'
import { describeFolder } from './describe-folder.ts'
import type { TrlEvent } from './events.ts'
import { trlJob } from './job.ts'
import { probeFile, probeRows } from './probe-rows.ts'
import { publishCheckpoint } from './publish-checkpoint.ts'
import { ensurePython } from './python-environment.ts'
import { runTraining } from './run-training.ts'
import { type TrlSettingsInput, trlSchema } from './settings.ts'
import { checkAdapterFits, findStartingPoint } from './starting-point.ts'
import type { TrainingBlock, TrlTraining } from './training-settings.ts'
import { checkTrlData, sftRow, trlRows, writeRows } from './write-rows.ts'

export interface TrlTrainerOptions {
  block: TrainingBlock
  trl?: TrlSettingsInput
  env: Environment
  /** Told what takes long, and what to do on other machines. */
  announce?: (line: string) => void
  /** Milliseconds that a cancelled training has for saving its state. Default 30,000. */
  grace?: number
}

/**
 * Trains with Hugging Face TRL in a Python process (or, through accelerate, in many on many machines): by every update rule, of all weights or of an
 * adapter. What it needs to go on after a kill lies in `scratch`, under a hash of all that determines the result.
 * Throws DATA_EMPTY, DATA_ONE_SIDED, TRAINING_START, ADAPTER_MISMATCH, UV_MISSING, PYTHON_MISSING, TRL_* with the script's
 * advice (TRL_OUT_OF_MEMORY, TRL_DIVERGED, TRL_ROW_TOO_LONG, ...); rejects with the signal's reason when aborted.
 */
export function createTrlTrainer({ block, trl, env, announce = () => {}, grace }: TrlTrainerOptions): Trainer {
  const training: TrlTraining = { block, trl: trlSchema.parse(trl ?? {}) }
  return {
    name: 'trl',
    train: (request) => train(request, { training, env, announce, ...(grace === undefined ? {} : { grace }) }),
  }
}

interface Surroundings {
  training: TrlTraining
  env: Environment
  announce: (line: string) => void
  grace?: number
}

async function train(request: TrainRequest, { training, env, announce, grace }: Surroundings): Promise<TrainResult> {
  const { from, to, scratch, seed, heldOut = [], reference: near, teacher: guide, onProgress, signal } = request
  const { block, trl } = training
  const { oneSided = false, desirable = 1, undesirable = 1 } = block.kto ?? {}
  // A weight of 0 leaves one label out, and says that this is meant: as for the local trainer.
  const data = checkTrlData(request.data, { oneSided: oneSided || desirable === 0 || undesirable === 0 })
  const start = await findStartingPoint(from)
  await checkAdapterFits(start, block.lora)
  const other = async (folder: string | undefined) =>
    folder === undefined || folder === from ? null : await findStartingPoint(folder)
  const reference = data.rule === 'dpo' || data.rule === 'kto' ? await other(near) : null
  const teacher = data.rule === 'distill' ? await other(guide) : null
  const rows = trlRows(data, seed)
  const kept = heldOut.map(sftRow)

  const { python: _, ...decisive } = trl
  const id = hashText([
    JSON.stringify([data.rule, seed, block, decisive]),
    await describeFolder(from),
    reference === null ? '' : await describeFolder(near!),
    ...(teacher === null ? [] : [await describeFolder(guide!)]),
    ...rows,
    ...kept,
  ])
  const trained = await readTrained(to, id)
  if (trained) return trained
  const folder = join(scratch, `trl-${id}`)
  await mkdir(folder, { recursive: true })
  const at = (name: string) => join(folder, name)
  const files = {
    train: await writeRows(at('train.jsonl'), rows),
    heldOut: kept.length > 0 ? await writeRows(at('held-out.jsonl'), kept) : null,
    output: at('result'),
    checkpoints: at('checkpoints'),
  }
  const job = trlJob({ rule: data.rule, start, reference, teacher, files, training, seed, parent: process.pid })
  await writeFile(at('job.json'), `${JSON.stringify(job, null, 2)}\n`)
  await rm(files.output, { recursive: true, force: true })
  const python = await ensurePython({ settings: trl, env, announce, signal })
  const command = await trainingCommand({ python, rule: data.rule, folder, training, announce })

  const metrics: string[] = []
  const onEvent = (event: TrlEvent) => {
    if (event.event === 'rows' && event.dropped > 0)
      announce(
        `${event.dropped} rows are longer than ${trl.maxLength} tokens and are left out; ${event.rows} are trained on`,
      )
    if (event.event === 'resumed') announce(`training goes on after update ${event.step} of ${event.steps}`)
    if (event.event !== 'step') return
    metrics.push(JSON.stringify(event))
    const { step, steps, loss, learning_rate: learningRate, tokens_per_second: tokensPerSecond } = event
    onProgress?.({ step, steps, loss, learningRate, tokensPerSecond, ...shownMetrics(event.metrics) })
  }
  const done = await runTraining({
    command,
    env,
    log: at('training.log'),
    onEvent,
    signal,
    ...(grace === undefined ? {} : { grace }),
  })
  const result: TrainResult = {
    steps: done.steps,
    tokens: done.tokens,
    trainedTokens: done.trained_tokens,
    finalLoss: done.final_loss,
    ...shownMetrics(done.metrics),
    ...(done.held_out_loss === null ? {} : { heldOutLoss: done.held_out_loss }),
    seconds: done.seconds,
  }
  await publishCheckpoint(files.output, to, {
    [probeFile]: probeRows(data),
    [trainedFile]: `${JSON.stringify({ id, result }, null, 2)}\n`,
    'training-log.jsonl': metrics.map((line) => `${line}\n`).join(''),
  })
  await rm(folder, { recursive: true, force: true })
  return result
}

/** What of TRL's metrics a person watches: dpo's and kto's rewards, by the names that the local trainer gives them. */
function shownMetrics(metrics: Readonly<Record<string, number>>): { metrics?: Record<string, number> } {
  const names = { accuracy: 'rewards/accuracies', margin: 'rewards/margins', kl: 'kl' }
  const shown = Object.entries(names).flatMap(([name, key]) =>
    metrics[key] === undefined ? [] : [[name, metrics[key]]],
  )
  return shown.length > 0 ? { metrics: Object.fromEntries(shown) } : {}
}

/** Python with the rule's script, through accelerate's launcher where there are several processes. */
async function trainingCommand({
  python,
  rule,
  folder,
  training: { trl },
  announce,
}: {
  python: string
  rule: string
  folder: string
  training: TrlTraining
  announce: (line: string) => void
}): Promise<[string, ...string[]]> {
  const script = ['-m', `leap_trl.${rule}`, join(folder, 'job.json')]
  if (!isDistributed(trl.distributed)) return [python, ...script]
  const { machines, machineRank } = trl.distributed
  const launch = async (rank: number) => {
    const path = join(folder, rank === machineRank ? 'accelerate.json' : `accelerate-${rank}.json`)
    const config = accelerateConfig({ ...trl, distributed: { ...trl.distributed, machineRank: rank } })
    await writeFile(path, `${JSON.stringify(config, null, 2)}\n`)
    return ['-m', 'accelerate.commands.launch', '--config_file', path, ...script]
  }
  for (let rank = 0; rank < machines; rank++)
    if (rank !== machineRank) {
      const command = ['python', ...(await launch(rank))].join(' ')
      announce(
        `On machine ${rank}, with the run directory at the same path and python/ of Leap in PYTHONPATH: ${command}`,
      )
    }
  return [python, ...(await launch(machineRank))]
}
