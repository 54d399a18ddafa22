import type { SftExample } from '../contracts/example.ts'
import type { ProgressReporter } from '../contracts/progress.ts'
import type { Trainer, TrainingData, TrainResult } from '../contracts/trainer.ts'
import type { Run } from '../runs/run.ts'
import { hashText } from '../support/hash.ts'
import { deriveSeed } from '../support/random.ts'
import { hashWeights } from './hash-weights.ts'

export interface TrainPolicyOptions {
  run: Run
  trainer: Trainer
  /** The trainer's settings, for the run's records. */
  settings: unknown
  /** Name of the new policy. */
  policy: string
  /** Folder of the checkpoint to start from. */
  from: string
  data: TrainingData
  /** Rows that are not trained on, for the held-out loss. */
  heldOut: readonly SftExample[]
  /** Folder of the checkpoint that dpo and kto keep the policy near, if it is not `from`. */
  reference?: string
  /** Folder of the checkpoint that distill learns from, if it is not `from`. */
  teacher?: string
  seed: number
  progress: ProgressReporter
  signal: AbortSignal
}

export interface TrainedPolicy extends TrainResult {
  rows: number
  /** Hash of the new weights. */
  weights: string
}

/** Trains a policy as one phase of the run, `train-<policy>`, into `checkpoints/<policy>`. A kill goes on at the last state that was saved. */
export async function trainPolicy(options: TrainPolicyOptions): Promise<TrainedPolicy> {
  const { run, trainer, policy, from, data, heldOut, reference, teacher, seed, progress, signal } = options
  const to = run.paths.checkpoint(policy)
  const inputs = {
    from: await hashWeights(from),
    data: hashText([data.rule, ...[...data.examples, ...heldOut].map((row) => JSON.stringify(row))]),
    settings: options.settings,
    trainer: trainer.name,
    heldOut: heldOut.length,
    ...(reference === undefined ? {} : { reference: await hashWeights(reference) }),
    ...(teacher === undefined ? {} : { teacher: await hashWeights(teacher) }),
    seed,
  }
  return run.phase(`train-${policy}`, inputs, async () => {
    const shown = progress.phase(`train ${policy}`, { unit: 'updates' })
    try {
      const result = await trainer.train({
        data,
        heldOut,
        from,
        ...(reference === undefined ? {} : { reference }),
        ...(teacher === undefined ? {} : { teacher }),
        to,
        scratch: run.paths.scratch(policy),
        // Controls get the order of the policy that they are compared with wherever the data agree.
        seed: deriveSeed(seed, 'train'),
        signal,
        onProgress: ({ step, steps, loss, metrics, tokensPerSecond }) =>
          shown.set({
            count: step,
            total: steps,
            text: `loss ${loss.toFixed(3)}${inWords(metrics)}, ${Math.round(tokensPerSecond)} tokens/s`,
          }),
      })
      const heldOutText = result.heldOutLoss === undefined ? '' : `, held-out loss ${result.heldOutLoss.toFixed(3)}`
      const rows = data.examples.length
      const lossText = result.finalLoss === undefined ? 'done' : `loss ${result.finalLoss.toFixed(3)}`
      shown.done(`${lossText}${inWords(result.metrics)}${heldOutText}, ${rows} rows`)
      return { ...result, rows, weights: await hashWeights(to) }
    } catch (error) {
      shown.fail()
      throw error
    }
  })
}

function inWords(metrics: Record<string, number> = {}): string {
  return Object.entries(metrics)
    .map(([name, value]) => `, ${name} ${value.toFixed(3)}`)
    .join('')
}
