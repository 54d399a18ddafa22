import { createRandom } from '../../../support/random.ts'
import type { PackedBatch } from '../../../transformer/packed-batch.ts'
import { documentBatch } from '../document-batch.ts'
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
  return documentBatch(encode, { tokensPerBatch, promptWeight: 0.2, longest: 1024 }, (document) => {
    const random = createRandom(seed, 'shell stroll', step, document)
    return makeShellStroll(seed, { id: `${step}/${document}`, steps: random.integer(4), questions: 3 }, random)
  })
}
