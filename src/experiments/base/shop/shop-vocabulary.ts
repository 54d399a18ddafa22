import { demonstrationExamples } from '../../../datasets/demonstration-examples.ts'
import { createWebshop } from '../../../environments/webshop/environment/create-webshop.ts'
import { rolloutAll } from '../../../execution/rollout.ts'
import { shopRenderer } from '../../../policies/prompts/shop.ts'
import { createHastyShopper } from '../../../policies/scripted/shopper.ts'
import { createRandom } from '../../../support/random.ts'
import type { TokenizerFile } from '../../../transformer/tokenizer-file.ts'
import { trainTokenizer } from '../../../transformer/tokenizer-training.ts'
import { makeStroll, type StrollShop } from './shop-stroll.ts'

/** Learns the words of the shop: of strolls and questions, and of requests and reasons, which the weights are not trained on. */
export async function learnShopVocabulary(
  shop: StrollShop,
  { size, seed }: { size: number; seed: number },
): Promise<TokenizerFile> {
  const environment = createWebshop(shop.shop)
  const tasks = createRandom(seed, 'vocabulary')
    .shuffle(await environment.tasks('train'))
    .slice(0, 800)
  const played = await rolloutAll({
    environment,
    tasks,
    policy: createHastyShopper(),
    maxSteps: 15,
    seed,
    phase: 'vocabulary',
  })
  const strolls = Array.from({ length: 300 }, (_, index) =>
    makeStroll(shop, { id: String(index), steps: 6, questionsPerPage: 3 }, createRandom(seed, 'words', index)),
  ).flat()
  const rows = [...demonstrationExamples(played, shopRenderer), ...strolls.map(({ example }) => example)]
  const texts = rows.map(({ prompt, completion }) => `${prompt[0]!.content}${completion}`)
  return trainTokenizer([...texts, ...Array.from({ length: 5 }, () => rareSentences).flat()], {
    size,
    spans: 'words',
    minimumCount: 3,
  })
}

/** What a shopper says in passing: reasons that hardly occur in demonstrations. */
const rareSentences = [
  'late\nREASON: There is no time for another. I buy it. ACTION: buy\n',
  'REASON: None of these fits. I look further. ACTION: next\n',
  'REASON: These do not fit. I search again. ACTION: search again\n',
  'REASON: I try again with fewer words. ACTION: search\n',
  'REASON: It costs too much. ACTION: back\n',
  'REASON: It does not say this or that. ACTION: back\n',
  'REASON: I look at this one. I look around. I go back. I look at 1 again. ACTION: open 1\n',
  'REASON: I choose the color closest to the request. ACTION: choose\n',
  'REASON: I read more about it. ACTION: read features\nabout\nREASON: I have read it. ACTION: read description\n',
  'REASON: Another one may fit better. ACTION: read attributes\n',
]
