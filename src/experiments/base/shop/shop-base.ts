import { createRandom } from '../../../support/random.ts'
import type { PackedBatch } from '../../../transformer/packed-batch.ts'
import { documentBatch } from '../document-batch.ts'
import { type BaseSettings, type BaseTraining, baseArchitecture, trainBase } from '../train-base.ts'
import { makeStroll, openStrollShop, type StrollShop } from './shop-stroll.ts'
import { learnShopVocabulary } from './shop-vocabulary.ts'

/** How the shipped checkpoint `weights/shop-base` was made: `npm run pretrain-base -- shop` makes it again. */
export const shopBase: BaseSettings & { products: number } = {
  seed: 70,
  architecture: baseArchitecture,
  vocabulary: 1152,
  steps: 900,
  tokensPerBatch: 4096,
  learningRate: 2.5e-3,
  muonLearningRate: 0.02,
  products: 1500,
}

/** Trains the shop's base student on strolls and questions about pages (reading, no shopping) and writes a checkpoint in Hugging Face layout. */
export async function pretrainShopBase(
  options: typeof shopBase & Pick<BaseTraining, 'folder' | 'threads' | 'onStep' | 'saveEvery' | 'onSave' | 'signal'>,
): Promise<void> {
  const { seed, products, vocabulary, tokensPerBatch } = options
  const shop = openStrollShop(seed, products)
  await trainBase({
    ...options,
    tokenizer: await learnShopVocabulary(shop, { size: vocabulary, seed }),
    batchAt: (step, encode) => strollBatch(shop, encode, { seed, step, tokensPerBatch }),
  })
}

/** The documents of one update: strolls are drawn until the batch is full. Depends on the arguments alone. */
function strollBatch(
  shop: StrollShop,
  encode: (text: string) => readonly number[],
  { seed, step, tokensPerBatch }: { seed: number; step: number; tokensPerBatch: number },
): PackedBatch[] {
  return documentBatch(encode, { tokensPerBatch, promptWeight: 0.2, longest: 1024 }, (document) => {
    const random = createRandom(seed, 'stroll', step, document)
    return makeStroll(shop, { id: `${step}/${document}`, steps: 1 + random.integer(5), questionsPerPage: 3 }, random)
  })
}
