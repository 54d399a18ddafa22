import { availableParallelism } from 'node:os'
import { parseLlamaConfig } from '../src/transformer/config.ts'
import { initialiseLlama } from '../src/transformer/initialise.ts'
import { defaultOptimiser, trainSteps } from '../src/transformer/train-loop.ts'
import { causalBatch } from './student-models.ts'
import { startWatch } from './watch.ts'

/** A student of 0.8M parameters, the size that household games are learnt with. */
const config = parseLlamaConfig({
  hidden_size: 128,
  intermediate_size: 256,
  num_hidden_layers: 4,
  num_attention_heads: 4,
  vocab_size: 1000,
  tie_word_embeddings: true,
})
const columns = 512
const shortRows = 1
const longRows = 16

/**
 * What Muon adds to a training step of 8,192 token slots: steps with either optimiser in turns, on the clock and in processor time.
 * The difference is small beside the noise of whole steps, so it is also taken from steps of 512 slots, where it is a large part.
 */
export async function run(print: (line: string) => void): Promise<void> {
  const threads = availableParallelism()
  const [small, whole] = [await addedBy(shortRows, 12, threads), await addedBy(longRows, 4, threads)]
  for (const [kind, { adamw, muon }] of [
    [`${shortRows * columns} slots`, small],
    [`${longRows * columns} slots`, whole],
  ] as const)
    print(`step of ${kind}: AdamW ${milliseconds(adamw)}, Muon ${milliseconds(muon)} (wall / processor)`)
  const added = small.muon.processor - small.adamw.processor
  print(
    `Muon adds ${(added * 1000).toFixed(1)} ms of processor time, ${percent(added / whole.adamw.processor)} of a step`,
  )
}

interface Seconds {
  wall: number
  processor: number
}

async function addedBy(rows: number, steps: number, threads: number): Promise<{ adamw: Seconds; muon: Seconds }> {
  const batch = causalBatch(config, rows, columns)
  const seen = { adamw: [] as Seconds[], muon: [] as Seconds[] }
  for (let round = 0; round < 4; round++)
    for (const optimiser of ['adamw', 'muon'] as const) {
      let watch = startWatch()
      await trainSteps({
        config,
        parameters: initialiseLlama(config, 1),
        steps: steps + 2,
        batchAt: () => batch,
        optimiser: { ...defaultOptimiser, optimiser },
        seed: 1,
        threads,
        onStep: ({ step }) => {
          const seconds = watch()
          // The first steps pay for starting threads and reserving memory.
          if (step > 2) seen[optimiser].push(seconds)
          watch = startWatch()
        },
      })
    }
  return { adamw: median(seen.adamw), muon: median(seen.muon) }
}

function median(seconds: readonly Seconds[]): Seconds {
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!
  return { wall: middle(seconds.map(({ wall }) => wall)), processor: middle(seconds.map(({ processor }) => processor)) }
}

function milliseconds({ wall, processor }: Seconds): string {
  return `${(wall * 1000).toFixed(1)} / ${(processor * 1000).toFixed(1)} ms`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
