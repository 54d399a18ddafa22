import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DpoExample } from '../src/contracts/example.ts'
import type { TrainingData } from '../src/contracts/trainer.ts'
import { createRandom } from '../src/support/random.ts'
import { createStudent } from '../src/training/local/create-student.ts'
import { createLocalTrainer } from '../src/training/local/local-trainer.ts'

const updates = 2000
/** Growth that would show a leak, MiB: a batch's numbers are about 0.05 MiB here, so that 50 would be kept of every thousand. */
const allowed = 32

/**
 * Resident memory over 2,000 updates of dpo, kto and distill by the local trainer, on rows of changing lengths: reference, mismatched answers and the teacher's
 * numbers are made anew for every batch, and must not stay. The heap breathes
 * and new shapes come, so the highest of the second thousand is compared with that of the first. Throws if it is more than 32 MiB higher.
 */
export async function run(print: (line: string) => void): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'leap-rules-memory-'))
  try {
    const pairs = makePairs()
    const texts = pairs.flatMap(({ prompt, chosen, rejected }) => [prompt[0]!.content, chosen, rejected])
    const size = { hidden_size: 64, intermediate_size: 128, num_hidden_layers: 2, num_attention_heads: 2 }
    await createStudent({ to: join(root, 'base'), texts, size: { ...size, num_key_value_heads: 2 }, seed: 1 })
    for (const data of [{ rule: 'dpo', examples: pairs } as const, kto(pairs), distill(pairs)])
      await measure(root, data, print)
  } finally {
    await rm(root, { recursive: true })
  }
}

async function measure(root: string, data: TrainingData, print: (line: string) => void): Promise<void> {
  const highest = [0, 0, 0, 0]
  await createLocalTrainer({ steps: updates, tokensPerBatch: 512, learningRate: 1e-4, saveEvery: 10_000 }).train({
    ...{ data, from: join(root, 'base'), to: join(root, data.rule), scratch: join(root, 'scratch'), seed: 1 },
    onProgress({ step }) {
      const quarter = Math.floor((4 * (step - 1)) / updates)
      highest[quarter] = Math.max(highest[quarter]!, process.memoryUsage().rss / 2 ** 20)
    },
  })
  const growth = Math.max(...highest.slice(2)) - Math.max(...highest.slice(0, 2))
  const list = highest.map((size) => `${size.toFixed(0)}`).join(', ')
  print(
    `${data.rule}, ${updates} updates: highest of each quarter ${list} MiB; the second half is ${growth.toFixed(0)} MiB above the first`,
  )
  if (growth > allowed) throw new Error(`${data.rule}: memory grows by ${growth.toFixed(0)} MiB`)
}

/** Pairs of prompts and answers of many lengths, so that many shapes of batches occur. */
function makePairs(): DpoExample[] {
  const random = createRandom(1, 'pairs')
  const say = (count: number) => Array.from({ length: count }, () => `w${random.integer(90)}`).join(' ')
  return Array.from({ length: 400 }, (_, index) => ({
    ...{ trajectoryId: `t${Math.floor(index / 4)}`, step: index % 4, source: 'correction' as const, iteration: 1 },
    prompt: [{ role: 'user' as const, content: `${say(8 + random.integer(60))}\nREASON:` }],
    chosen: ` ${say(4 + random.integer(12))}\n`,
    rejected: ` ${say(4 + random.integer(12))}\n`,
  }))
}

function kto(pairs: readonly DpoExample[]): TrainingData {
  const rows = pairs.flatMap(({ chosen, rejected, ...row }) => [
    { ...row, completion: chosen, label: true },
    { ...row, completion: rejected, label: false },
  ])
  return { rule: 'kto', examples: rows }
}

function distill(pairs: readonly DpoExample[]): TrainingData {
  const rows = pairs.map(({ chosen: _, rejected: completion, ...row }) => {
    return {
      ...row,
      completion,
      privilegedPrompt: [{ role: 'user' as const, content: `w1 ${row.prompt[0]!.content}` }],
    }
  })
  return { rule: 'distill', examples: rows }
}
