import { availableParallelism } from 'node:os'
import { initialiseLlama } from '../src/transformer/initialise.ts'
import { PyTorchPeer, peerPython } from './pytorch-peer.ts'
import { causalBatch, studentModels, treeBatch } from './student-models.ts'
import { stepSeconds } from './tensor.ts'

/** Rounds of a race stop after this many milliseconds. */
const patience = 20_000

/**
 * Training steps of the same model, batch, loss and optimiser here and in PyTorch on the CPU, in turns, so that other work on the
 * machine meets both. Prints tokens/s and the ratio, by the clock and by processor time (the latter also tells something on a machine
 * that has other work, though PyTorch's threads burn time while they wait for each other). PyTorch runs eagerly, with its causal
 * attention kernel and fused AdamW.
 */
export async function run(print: (line: string) => void): Promise<void> {
  const python = await peerPython(print)
  const threads = availableParallelism()
  for (const [name, config] of Object.entries(studentModels))
    for (const [kind, batch] of [
      ['8 x 512 causal', causalBatch(config, 8, 512)],
      ['4 x 1024 trees', treeBatch(config, 4, 1024)],
    ] as const) {
      const peer = await PyTorchPeer.open(python, { config, parameters: initialiseLlama(config, 1), batch, threads })
      await peer.ask({ do: 'train', steps: 1 })
      const steps = name === '13M' ? 2 : 5
      const ours: Times = { wall: [], processor: [] }
      const theirs: Times = { wall: [], processor: [] }
      for (const end = performance.now() + patience; performance.now() < end && ours.wall.length < 4; ) {
        const here = await stepSeconds(config, batch, steps, threads)
        ours.wall.push(here.wall.median)
        ours.processor.push(here.processor.median)
        const there = (await peer.ask({ do: 'train', steps })) as unknown as Times
        theirs.wall.push(median(there.wall))
        theirs.processor.push(median(there.processor))
      }
      peer.close()
      const tokens = batch.rows * batch.columns
      const speed = ({ wall }: Times) => `${Math.round(tokens / median(wall)).toLocaleString('en')} tokens/s`
      const ratio = (of: keyof Times) => (median(theirs[of]) / median(ours[of])).toFixed(2)
      print(
        `training ${name} ${kind}, ${threads} threads: ${speed(ours)} here, ${speed(theirs)} in ${peer.versions}; ` +
          `${ratio('wall')} times as fast by the clock, ${ratio('processor')} by processor time`,
      )
    }
}

/** Seconds per step. */
interface Times {
  wall: number[]
  processor: number[]
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}
