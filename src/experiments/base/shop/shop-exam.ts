import type { ChatModel } from '../../../contracts/model.ts'
import { createRandom } from '../../../support/random.ts'
import {
  type AskedShopQuestion,
  makeStroll,
  type ShopQuestionKind,
  type StrollShop,
  shopQuestionKinds,
} from './shop-stroll.ts'

/** Right answers by kind of question. */
export type ShopExamResult = Record<ShopQuestionKind, { right: number; asked: number }>

/** The questions of an exam: `perKind` of every kind, at most one of a kind from a stroll. The same arguments give the same papers. */
export function setShopPapers(
  shop: StrollShop,
  { perKind, seed }: { perKind: number; seed: number },
): AskedShopQuestion[] {
  const papers: AskedShopQuestion[] = []
  const counts = new Map<ShopQuestionKind, number>()
  for (let index = 0; papers.length < perKind * shopQuestionKinds.length && index < perKind * 10; index++) {
    const random = createRandom(seed, 'exam', index)
    const settings = { id: `exam/${index}`, steps: 1 + random.integer(8), questionsPerPage: 3 }
    const asked = random.shuffle(makeStroll(shop, settings, random))
    for (const question of new Map(asked.map((one) => [one.kind, one])).values()) {
      const count = counts.get(question.kind) ?? 0
      if (count >= perKind) continue
      counts.set(question.kind, count + 1)
      papers.push(question)
    }
  }
  return papers
}

/** Asks a model about strolls through a shop, greedily and unaided, and counts right answers. Give a shop that no training text was set in. */
export async function sitShopExam(
  model: ChatModel,
  shop: StrollShop,
  settings: { perKind: number; seed: number },
): Promise<ShopExamResult> {
  const result = Object.fromEntries(shopQuestionKinds.map((kind) => [kind, { right: 0, asked: 0 }])) as ShopExamResult
  await Promise.all(
    setShopPapers(shop, settings).map(async (question, index) => {
      const { text } = await model.generate({
        messages: question.example.prompt,
        temperature: 0,
        maxTokens: 48,
        stop: ['\n'],
        seed: index,
      })
      result[question.kind].asked++
      if (isRightAnswer(question, text)) result[question.kind].right++
    }),
  )
  return result
}

/** To the letter, with the action where one is asked for and without one where none is. */
export function isRightAnswer({ example }: AskedShopQuestion, text: string): boolean {
  return `${text.trimEnd()}\n` === example.completion
}
