import { availableParallelism } from 'node:os'
import type { LlamaConfig } from '../src/transformer/config.ts'
import { initialiseLlama } from '../src/transformer/initialise.ts'
import type { PackedBatch } from '../src/transformer/packed-batch.ts'
import { defaultOptimiser, trainSteps } from '../src/transformer/train-loop.ts'
import { matmulPeak } from './matmul-peak.ts'
import { causalBatch, studentModels, trainingFlops, treeBatch } from './student-models.ts'
import { startWatch } from './watch.ts'

type Print = (line: string) => void

/**
 * Training speed beside the machine's matmul peak, and memory over 1,000 steps. About a minute on an idle machine. Shares of the
 * peak are given by the clock and by processor time; the latter also hold on a machine that has other work.
 */
export async function run(print: Print): Promise<void> {
  const threads = availableParallelism()
  await memory(print, threads)
  print(
    `training on the CPU, ${threads} threads, float32; whole steps with AdamW and clipping; median (best) of the steps`,
  )
  for (const [name, config] of Object.entries(studentModels)) {
    const peak = await matmulPeak(threads)
    const { perCoreSecond } = peak
    print(
      `matmul peak now: ${gigaflops(peak.rate)} GFLOP/s by the clock (${peak.shape}), ${gigaflops(perCoreSecond)} per core-second`,
    )
    for (const [kind, batch] of [
      ['8 x 512 causal', causalBatch(config, 8, 512)],
      ['4 x 1024 trees', treeBatch(config, 4, 1024)],
    ] as const) {
      const { wall, processor } = await stepSeconds(config, batch, name === '13M' ? 4 : 16, threads)
      const tokens = batch.rows * batch.columns
      const { full, executed } = trainingFlops(config, batch)
      const share = (flops: number, seconds: number, of: number) => `${((100 * flops) / seconds / of).toFixed(0)}%`
      print(
        `  ${name.padEnd(4)} ${kind}: ${rate(tokens / wall.median)} (${rate(tokens / wall.best)}) tokens/s, ${rate(tokens / processor.median)} per core-second; ` +
          `${share(executed, wall.median, peak.rate)} (${share(executed, wall.best, peak.rate)}) of the peak by the clock, ` +
          `${share(executed, processor.median, perCoreSecond)} by processor time ` +
          `(${share(full, processor.median, perCoreSecond)} if attention is counted in full)`,
      )
    }
  }
}

/** Seconds of a training step, on the clock and of all threads together. */
export async function stepSeconds(config: LlamaConfig, batch: PackedBatch, steps: number, threads: number) {
  const wall: number[] = []
  const processor: number[] = []
  let watch = startWatch()
  await trainSteps({
    config,
    parameters: initialiseLlama(config, 1),
    steps: steps + 2,
    batchAt: () => batch,
    optimiser: defaultOptimiser,
    seed: 1,
    threads,
    onStep: () => {
      const seconds = watch()
      wall.push(seconds.wall)
      processor.push(seconds.processor)
      watch = startWatch()
    },
  })
  return { wall: summary(wall), processor: summary(processor) }
}

function summary(seconds: number[]): { median: number; best: number } {
  // The first steps pay for starting threads and reserving memory.
  const sorted = seconds.slice(2).sort((a, b) => a - b)
  return { median: sorted[Math.floor(sorted.length / 2)]!, best: sorted[0]! }
}

/** Resident memory over 1,000 steps with batches of changing shape: it must level off. */
async function memory(print: Print, threads: number): Promise<void> {
  const config = { ...studentModels['1.0M']!, num_hidden_layers: 2, hidden_size: 64, intermediate_size: 128 }
  const seen = new Map<number, number>()
  await trainSteps({
    config,
    parameters: initialiseLlama(config, 1),
    steps: 1000,
    batchAt: (step) => treeBatch(config, 1 + (step % 4), 128 + 64 * (step % 5), 20, 10, step),
    optimiser: defaultOptimiser,
    seed: 1,
    threads,
    onStep: ({ step }) => {
      if ([100, 250, 500, 750, 1000].includes(step)) seen.set(step, process.memoryUsage().rss)
    },
  })
  const list = [...seen].map(([step, bytes]) => `step ${step}: ${(bytes / 2 ** 20).toFixed(0)} MiB`)
  const growth = (seen.get(1000)! - seen.get(250)!) / 2 ** 20
  print(
    `  memory over 1,000 small steps of 20 shapes: ${list.join(', ')}; growth from step 250: ${growth.toFixed(0)} MiB`,
  )
}

function rate(perSecond: number): string {
  return Math.round(perSecond).toLocaleString('en')
}

function gigaflops(rate: number): string {
  return (rate / 1e9).toFixed(0)
}
