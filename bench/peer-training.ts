import { availableParallelism } from 'node:os'
import { initialiseLlama } from '../src/transformer/initialise.ts'
import { PyTorchPeer, peerPython } from './pytorch-peer.ts'
import { causalBatch, studentModels, treeBatch } from './student-models.ts'
import { stepSeconds } from './tensor.ts'

/**
 * Training steps of the same model, batch, loss and optimiser here and in PyTorch on the CPU, in turns, so that other work on the
 * machine meets both. Prints tokens/s and the ratio. PyTorch runs eagerly, with its causal attention kernel and fused AdamW.
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
      await peer.ask({ do: 'train', steps: 2 })
      const steps = name === '13M' ? 2 : 6
      const [ours, theirs]: number[][] = [[], []]
      for (let round = 0; round < 4; round++) {
        ours!.push((await stepSeconds(config, batch, steps, threads)).wall.median)
        const { wall } = (await peer.ask({ do: 'train', steps })) as { wall: number[] }
        theirs!.push(median(wall))
      }
      peer.close()
      const tokens = batch.rows * batch.columns
      const speed = (seconds: number[]) => `${Math.round(tokens / median(seconds)).toLocaleString('en')} tokens/s`
      print(
        `training ${name} ${kind}, ${threads} threads: ${speed(ours!)} here, ${speed(theirs!)} in ${peer.versions}; ` +
          `${(median(theirs!) / median(ours!)).toFixed(2)} times as fast (best rounds ${(Math.min(...theirs!) / Math.min(...ours!)).toFixed(2)})`,
      )
    }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}
