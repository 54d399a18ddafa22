import { createRandom } from '../../../support/random.ts'
import type { PackedBatch } from '../../../transformer/packed-batch.ts'
import { packExamples } from '../../../transformer/packing.ts'
import type { TokenExample } from '../../../transformer/token-example.ts'
import { type BaseSettings, type BaseTraining, baseArchitecture, trainBase } from '../train-base.ts'
import { makeShellStroll } from './shell-stroll.ts'
import { learnShellVocabulary } from './shell-vocabulary.ts'

/** How the shipped checkpoint `weights/shell-base` was made: `npm run pretrain-base -- shell` makes it again. */
export const shellBase: BaseSettings = {
  seed: 70,
  architecture: baseArchitecture,
  vocabulary: 1152,
  steps: 1500,
  tokensPerBatch: 4096,
  learningRate: 2.5e-3,
  muonLearningRate: 0.02,
}

/** Trains the shell's base student on looking around in file systems and questions about what is seen and said, and writes a checkpoint in Hugging Face layout. */
export async function pretrainShellBase(
  options: BaseSettings & Pick<BaseTraining, 'folder' | 'threads' | 'onStep' | 'saveEvery' | 'onSave' | 'signal'>,
): Promise<void> {
  const { seed, vocabulary, tokensPerBatch } = options
  await trainBase({
    ...options,
    tokenizer: learnShellVocabulary({ size: vocabulary, seed }),
    batchAt: (step, encode) => strollBatch(encode, { seed, step, tokensPerBatch }),
  })
}

/** The documents of one update: strolls are drawn until the batch is full. Depends on the arguments alone. */
function strollBatch(
  encode: (text: string) => readonly number[],
  { seed, step, tokensPerBatch }: { seed: number; step: number; tokensPerBatch: number },
): PackedBatch[] {
  const examples: TokenExample[] = []
  let slots = 0
  for (let document = 0; slots < tokensPerBatch; document++) {
    const random = createRandom(seed, 'shell stroll', step, document)
    const id = `${step}/${document}`
    const asked = makeShellStroll(seed, { id, steps: random.integer(4), questions: 3 }, random)
    const own = asked.map(({ example }) => ({
      prompt: encode(example.prompt[0]!.content),
      completion: encode(example.completion),
      promptWeight,
      group: id,
    }))
    examples.push(...own)
    slots += packExamples(own, packing).reduce((sum, { tokens }) => sum + tokens.length, 0)
  }
  return packExamples(examples, packing)
}

/** Weight of what is read against what is answered. */
const promptWeight = 0.2

const packing = { rowTokens: 512, batchTokens: 8192, longest: 1024 }
