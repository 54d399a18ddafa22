import { createRandom } from '../../support/random.ts'
import { type CheckpointFiles, openCheckpoint, readCheckpoint, writeCheckpoint } from '../../transformer/checkpoint.ts'
import { type LlamaConfigInput, parseLlamaConfig } from '../../transformer/config.ts'
import { initialiseLlama } from '../../transformer/initialise.ts'
import type { PackedBatch } from '../../transformer/packed-batch.ts'
import { packExamples } from '../../transformer/packing.ts'
import type { Weight } from '../../transformer/safetensors.ts'
import { studentTokenizerConfig } from '../../transformer/student-files.ts'
import type { TokenExample } from '../../transformer/token-example.ts'
import { defaultOptimiser, type StepReport, trainSteps } from '../../transformer/train-loop.ts'
import { makeDocument } from './documents.ts'
import type { QuestionKind } from './questions.ts'
import { openRooms, type Rooms } from './rooms.ts'
import { swapNames } from './swap-names.ts'
import { learnVocabulary } from './vocabulary.ts'

export interface PretrainSettings {
  seed: number
  architecture: Omit<LlamaConfigInput, 'vocab_size'>
  vocabulary: number
  steps: number
  /** Token slots per update. */
  tokensPerBatch: number
  /** Peak rate of AdamW (embeddings, norms). */
  learningRate: number
  /** Peak rate of Muon (matrices of the layers). */
  muonLearningRate: number
  /** Rooms of each of the four types to walk in. */
  trainRooms: number
  weights?: Partial<Record<QuestionKind, number>>
}

export interface PretrainOptions extends PretrainSettings {
  folder: string
  /** Goes on from the weights of this checkpoint of the same architecture, with its vocabulary and with long walks from the start. */
  from?: string
  threads?: number
  onStep?: (report: StepReport) => void
  /** Called with the folder every `saveEvery` updates, after the checkpoint was written. */
  saveEvery?: number
  onSave?: (folder: string, step: number) => Promise<void>
  signal?: AbortSignal
}

/** Trains the base student on walks and questions (general skills, no task) and writes a checkpoint in Hugging Face layout. */
export async function pretrainBase(options: PretrainOptions): Promise<void> {
  const {
    seed,
    folder,
    architecture,
    vocabulary,
    steps,
    tokensPerBatch,
    learningRate,
    muonLearningRate,
    trainRooms,
    weights,
  } = options
  const rooms = openRooms({ seed, trainRooms, counted: 2000 })
  const start = options.from === undefined ? undefined : await readCheckpoint(options.from)
  const tokenizer = start?.tokenizer ?? learnVocabulary(rooms, { games: 600, size: vocabulary, seed })
  const config = parseLlamaConfig({ ...architecture, vocab_size: vocabulary, tie_word_embeddings: true })
  const parameters = initialiseLlama(config, seed, { matching: true })
  for (const [name, { data }] of start?.weights ?? []) parameters.set(name, data)
  const files = (): CheckpointFiles => ({
    config,
    weights: new Map(
      parameters.slots.map(({ name, shape }): [string, Weight] => [name, { shape, data: parameters.get(name) }]),
    ),
    tokenizer,
    tokenizerConfig: studentTokenizerConfig(config.max_position_embeddings),
    generation: { eos_token_id: 0, pad_token_id: 0 },
  })
  const { text } = openCheckpoint(folder, files())
  const encode = (content: string) => text.encode(content)
  const batches = new Map<number, PackedBatch[]>()
  const settingsAt = (step: number): WalkSettings => ({
    seed,
    step,
    tokensPerBatch,
    weights: weights ?? {},
    longest: longestWalk(start ? 1 : step / steps),
  })
  const make = (step: number) => {
    const ready = batches.get(step) ?? walkBatch(rooms, encode, settingsAt(step))
    batches.clear()
    return ready
  }
  const save = async (step: number) => {
    await writeCheckpoint(folder, files())
    await options.onSave?.(folder, step)
  }
  await trainSteps({
    config,
    parameters,
    steps,
    optimiser: { ...defaultOptimiser, optimiser: 'muon', learningRate, muonLearningRate, warmupSteps: 50 },
    seed,
    ...(options.threads ? { threads: options.threads } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
    batchAt(step) {
      const batch = make(step)
      // The next batch is made while the worker threads train on this one.
      setImmediate(() => batches.set(step + 1, walkBatch(rooms, encode, settingsAt(step + 1))))
      return batch
    },
    async onStep(report) {
      options.onStep?.(report)
      if (options.saveEvery && report.step % options.saveEvery === 0) await save(report.step)
    },
  })
  await save(steps)
}

interface WalkSettings {
  seed: number
  step: number
  tokensPerBatch: number
  weights: Partial<Record<QuestionKind, number>>
  /** Steps of a walk at most. */
  longest: number
}

/**
 * Walks are short at first and grow until 60 % of the training. In a long text a name that returns is one of hundreds of tokens, and a fresh network
 * does not find it: with long walks from the start, memory for places stayed at chance for 10 million tokens; with short ones it came within one.
 */
function longestWalk(progress: number): number {
  return 3 + Math.floor(19 * Math.min(1, progress / 0.6))
}

/** The documents of one update: walks are drawn until the batch is full. Depends on the settings alone. */
function walkBatch(
  rooms: Rooms,
  encode: (text: string) => readonly number[],
  { seed, step, tokensPerBatch, weights, longest }: WalkSettings,
): PackedBatch[] {
  const examples: TokenExample[] = []
  let slots = 0
  for (let document = 0; slots < tokensPerBatch; document++) {
    const random = createRandom(seed, 'walk', step, document)
    const index = random.integer(100_000)
    const walk = rooms.walk('train', index, `${step}/${document}`)
    const isSwapped = random.next() < swappedShare
    const asked = makeDocument(
      isSwapped ? swapNames(walk, random) : walk,
      {
        steps: 1 + random.integer(longest),
        questionsPerStep: 8,
        weights: isSwapped ? { ...weights, knowledge: 0 } : weights,
      },
      random,
    )
    const own = asked.map(({ example }) => ({
      prompt: encode(example.prompt[0]!.content),
      completion: encode(example.completion),
      promptWeight,
      group: walk.id,
    }))
    examples.push(...own)
    slots += packExamples(own, packing).reduce((sum, { tokens }) => sum + tokens.length, 0)
  }
  return packExamples(examples, packing)
}

/** Share of walks in which object classes have swapped their names. */
const swappedShare = 0.6

/** Weight of what is read against what is answered: names that return in a walk teach copying and remembering. */
const promptWeight = 0.25

const packing = { rowTokens: 512, batchTokens: 8192, longest: 2048 }
