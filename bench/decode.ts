import { createRandom } from '../src/support/random.ts'
import { defaultStudent } from '../src/training/local/create-student.ts'
import { weightsOf } from '../src/training/local/stores.ts'
import type { Checkpoint } from '../src/transformer/checkpoint.ts'
import { openCheckpoint } from '../src/transformer/checkpoint.ts'
import { parseLlamaConfig } from '../src/transformer/config.ts'
import { createGenerator, type Generator, type SequenceRequest } from '../src/transformer/generate.ts'
import { initialiseLlama } from '../src/transformer/initialise.ts'
import { studentTokenizerConfig } from '../src/transformer/student-files.ts'
import { householdTexts } from '../src/transformer/tokenizer-testing.ts'
import { trainTokenizer } from '../src/transformer/tokenizer-training.ts'

const vocabulary = 1536

/** The default student (0.9M parameters) with fresh weights: speed does not depend on what they are. */
function student(): Checkpoint {
  const config = parseLlamaConfig({ ...defaultStudent, vocab_size: vocabulary })
  const tokenizer = trainTokenizer(householdTexts(50), { size: 400 })
  return openCheckpoint('bench', {
    config,
    weights: weightsOf(initialiseLlama(config, 1)),
    tokenizer,
    tokenizerConfig: studentTokenizerConfig(config.max_position_embeddings),
    generation: {},
  })
}

const random = createRandom(1, 'decode bench')
const tokens = (count: number) => Array.from({ length: count }, () => 1 + random.integer(vocabulary - 1))
const request = (prompt: readonly number[], maxTokens: number, session?: string): SequenceRequest => ({
  prompt,
  maxTokens,
  temperature: 0.7,
  seed: 1,
  ...(session === undefined ? {} : { session }),
})

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** Tokens a second when `batch` prompts of 200 tokens are continued by 64 tokens each, reading the prompts not counted. */
async function decoding(generator: Generator, batch: number): Promise<number> {
  const prompts = Array.from({ length: batch }, () => tokens(200))
  const all = (maxTokens: number) => () =>
    Promise.all(prompts.map((prompt) => generator.generate({ ...request(prompt, maxTokens) })))
  await all(4)()
  const reading = await timed(all(1))
  return (batch * 63) / ((await timed(all(64))) - reading)
}

/**
 * Episodes as a roll-out plays them: 20 steps, each adding 16 tokens of history, followed by 60 of goal, candidates and cue, answered by 12
 * sampled tokens. Returns tokens fed a second and the share that sessions spared.
 */
async function episodes(
  generator: Generator,
  count: number,
): Promise<{ fed: number; spared: number; decisions: number }> {
  const before = { ...generator.counts }
  const steps = 20
  const seconds = await timed(() =>
    Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const history = tokens(30)
        for (let step = 0; step < steps; step++) {
          await generator.generate(request([...history, ...tokens(60)], 12, `episode ${index}`))
          history.push(...tokens(16))
        }
        generator.forget(`episode ${index}`)
      }),
    ),
  )
  const fed = generator.counts.fed - before.fed
  const spared = generator.counts.spared - before.spared
  return { fed: fed / seconds, spared: spared / (fed + spared), decisions: (count * steps) / seconds }
}

/** Prints decoding speeds of the default student on one core. */
export async function run(print: (line: string) => void): Promise<void> {
  const generator = await createGenerator(student())
  const whole = (value: number) => Math.round(value).toLocaleString('en')
  print('decoding, 0.9M parameters (4 layers of 128, 4 heads), one thread, context 200-264 tokens')
  for (const batch of [1, 16, 64, 256])
    print(`  batch ${String(batch).padStart(3)}: ${whole(await decoding(generator, batch))} sampled tokens/s`)
  const prompts = Array.from({ length: 64 }, () => tokens(300))
  const reading = await timed(() => Promise.all(prompts.map((prompt) => generator.generate(request(prompt, 1)))))
  print(`  reading 64 prompts of 300 tokens: ${whole((64 * 300) / reading)} tokens/s`)
  for (const count of [64, 256]) {
    const { fed, spared, decisions } = await episodes(generator, count)
    print(
      `  ${count} episodes of 20 steps at once: ${whole(fed)} fed tokens/s, ${whole(decisions)} decisions/s, ${Math.round(spared * 100)} % of the tokens spared by sessions`,
    )
  }
  print(`  memory (RSS): ${whole(process.memoryUsage().rss / 2 ** 20)} MiB`)
  await generator.close()
}
