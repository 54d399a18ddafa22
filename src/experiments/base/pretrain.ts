import { createRandom } from '../../support/random.ts'
import { readCheckpoint } from '../../transformer/checkpoint.ts'
import type { PackedBatch } from '../../transformer/packed-batch.ts'
import { documentBatch } from './document-batch.ts'
import { makeDocument } from './documents.ts'
import type { QuestionKind } from './questions.ts'
import { openRooms, type Rooms } from './rooms.ts'
import { swapNames } from './swap-names.ts'
import { type BaseSettings, type BaseTraining, trainBase } from './train-base.ts'
import { learnVocabulary } from './vocabulary.ts'

export interface PretrainSettings extends BaseSettings {
  /** Rooms of each of the four types to walk in. */
  trainRooms: number
  weights?: Partial<Record<QuestionKind, number>>
}

export interface PretrainOptions
  extends PretrainSettings,
    Pick<BaseTraining, 'folder' | 'threads' | 'onStep' | 'saveEvery' | 'onSave' | 'signal'> {
  /** Goes on from the weights of this checkpoint of the same architecture, with its vocabulary and with long walks from the start. */
  from?: string
}

/** Trains the base student on walks and questions (general skills, no task) and writes a checkpoint in Hugging Face layout. */
export async function pretrainBase(options: PretrainOptions): Promise<void> {
  const { seed, vocabulary, steps, tokensPerBatch, trainRooms, weights } = options
  const rooms = openRooms({ seed, trainRooms, counted: 2000 })
  const start = options.from === undefined ? undefined : await readCheckpoint(options.from)
  const tokenizer = start?.tokenizer ?? learnVocabulary(rooms, { games: 600, size: vocabulary, seed })
  const settingsAt = (step: number): WalkSettings => ({
    seed,
    step,
    tokensPerBatch,
    weights: weights ?? {},
    longest: longestWalk(start ? 1 : step / steps),
  })
  await trainBase({
    ...options,
    tokenizer,
    ...(start ? { start: start.weights } : {}),
    batchAt: (step, encode) => walkBatch(rooms, encode, settingsAt(step)),
  })
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
  // Names that return in a walk teach copying and remembering: what is read weighs more than elsewhere.
  return documentBatch(encode, { tokensPerBatch, promptWeight: 0.25, longest: 2048 }, (document) => {
    const random = createRandom(seed, 'walk', step, document)
    const index = random.integer(100_000)
    const walk = rooms.walk('train', index, `${step}/${document}`)
    const isSwapped = random.next() < swappedShare
    return makeDocument(
      isSwapped ? swapNames(walk, random) : walk,
      {
        steps: 1 + random.integer(longest),
        questionsPerStep: 8,
        weights: isSwapped ? { ...weights, knowledge: 0 } : weights,
      },
      random,
    )
  })
}

/** Share of walks in which object classes have swapped their names. */
const swappedShare = 0.6
