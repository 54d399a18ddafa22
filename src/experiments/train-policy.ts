import type { SftExample } from '../contracts/example.ts'
import type { ProgressReporter } from '../contracts/progress.ts'
import type { Trainer, TrainResult } from '../contracts/trainer.ts'
import type { Run } from '../runs/run.ts'
import { hashText } from '../support/hash.ts'
import { deriveSeed } from '../support/random.ts'
import { hashWeights } from './hash-weights.ts'
import { splitHeldOut } from './held-out.ts'

export interface TrainPolicyOptions {
  run: Run
  trainer: Trainer
  /** The trainer's settings, for the run's records. */
  settings: unknown
  /** Name of the new policy. */
  policy: string
  /** Folder of the checkpoint to start from. */
  from: string
  data: readonly SftExample[]
  /** Rows of general skills that are trained on beside the data. */
  replay: readonly SftExample[]
  /** Share of games whose rows are kept for the held-out loss. */
  heldOut: number
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
  const { run, trainer, policy, from, data, seed, progress, signal } = options
  const to = run.paths.checkpoint(policy)
  const { train, heldOut } = splitHeldOut(data, { share: options.heldOut, seed })
  const inputs = {
    from: await hashWeights(from),
    data: hashText(data.map(({ trajectoryId, step, completion }) => `${trajectoryId}\n${step}\n${completion}`)),
    replay: options.replay.length,
    settings: options.settings,
    trainer: trainer.name,
    heldOut: options.heldOut,
    seed,
  }
  return run.phase(`train-${policy}`, inputs, async () => {
    const shown = progress.phase(`train ${policy}`, { unit: 'updates' })
    try {
      const result = await trainer.train({
        data: { rule: 'sft', examples: [...train, ...options.replay] },
        heldOut,
        from,
        to,
        scratch: run.paths.scratch(policy),
        // Controls get the order of the policy that they are compared with wherever the data agree.
        seed: deriveSeed(seed, 'train'),
        signal,
        onProgress: ({ step, steps, loss, tokensPerSecond }) =>
          shown.set({
            count: step,
            total: steps,
            text: `loss ${loss.toFixed(3)}, ${Math.round(tokensPerSecond)} tokens/s`,
          }),
      })
      const heldOutText = result.heldOutLoss === undefined ? '' : `, held-out loss ${result.heldOutLoss.toFixed(3)}`
      shown.done(`loss ${result.finalLoss.toFixed(3)}${heldOutText}, ${train.length} rows`)
      return { ...result, rows: train.length, weights: await hashWeights(to) }
    } catch (error) {
      shown.fail()
      throw error
    }
  })
}
