import { availableParallelism } from 'node:os'
import { createRandom } from '../src/support/random.ts'
import { defaultStudent } from '../src/training/local/create-student.ts'
import { weightsOf } from '../src/training/local/stores.ts'
import type { Checkpoint } from '../src/transformer/checkpoint.ts'
import { openCheckpoint } from '../src/transformer/checkpoint.ts'
import { parseLlamaConfig } from '../src/transformer/config.ts'
import { createGenerator, type Generator, type SequenceRequest } from '../src/transformer/generate.ts'
import { createGeneratorPool } from '../src/transformer/generate-pool.ts'
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

/** Seconds of the clock, and of the processor: on a busy machine the second tells more. */
async function timed(work: () => Promise<unknown>): Promise<{ wall: number; cpu: number }> {
  const start = performance.now()
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 }
}

/** Tokens a second when `batch` prompts of 200 tokens, read before, are continued by 64 tokens each. */
async function decoding(generator: Generator, batch: number): Promise<string> {
  const prompts = Array.from({ length: batch }, () => tokens(200))
  const all = (maxTokens: number) => () =>
    Promise.all(prompts.map((prompt, index) => generator.generate(request(prompt, maxTokens, `prompt ${index}`))))
  await all(4)()
  return rates(batch * 64, await timed(all(64)))
}

function rates(count: number, { wall, cpu }: { wall: number; cpu: number }): string {
  return `${whole(count / wall)} a second (${whole(count / cpu)} per processor second)`
}

const whole = (value: number) => Math.round(value).toLocaleString('en')

/**
 * Episodes as a roll-out plays them: 20 steps, each adding 16 tokens of history, followed by 60 of goal, candidates and cue, answered by 12
 * sampled tokens.
 */
async function episodes(generator: Generator, count: number): Promise<string> {
  const before = { ...generator.counts }
  const steps = 20
  const time = await timed(() =>
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
  return `fed tokens ${rates(fed, time)}, decisions ${rates(count * steps, time)}, ${whole((100 * spared) / (fed + spared))} % of the tokens spared by sessions`
}

/** Prints decoding speeds of the default student. About half a minute. */
export async function run(print: (line: string) => void): Promise<void> {
  const generator = await createGenerator(student())
  print('decoding, 0.9M parameters (4 layers of 128, 4 heads), one thread')
  for (const batch of [1, 64])
    print(`  batch ${batch}, context 200-264: tokens sampled ${await decoding(generator, batch)}`)
  const prompts = Array.from({ length: 64 }, () => tokens(300))
  const reading = await timed(() => Promise.all(prompts.map((prompt) => generator.generate(request(prompt, 1)))))
  print(`  reading 64 prompts of 300 tokens: ${rates(64 * 300, reading)}`)
  print(`  64 episodes of 20 steps: ${await episodes(generator, 64)}`)
  await generator.close()
  const threads = availableParallelism()
  const pool = await createGeneratorPool(student(), { threads })
  await pool.generate(request(tokens(10), 2))
  print(`  128 episodes on ${threads} threads: ${await episodes(pool, 128)}`)
  await pool.close()
  print(`  peak memory (RSS): ${whole(process.resourceUsage().maxRSS / 1024)} MiB`)
}
