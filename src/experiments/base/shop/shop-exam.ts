import type { ChatModel } from '../../../contracts/model.ts'
import { drawPapers } from '../draw-papers.ts'
import { type Marks, sitPapers } from '../sit-papers.ts'
import {
  type AskedShopQuestion,
  makeStroll,
  type ShopQuestionKind,
  type StrollShop,
  shopQuestionKinds,
} from './shop-stroll.ts'

/** The questions of an exam: `perKind` of every kind, at most one of a kind from a stroll. The same arguments give the same papers. */
export function setShopPapers(shop: StrollShop, settings: { perKind: number; seed: number }): AskedShopQuestion[] {
  return drawPapers(shopQuestionKinds, settings, (index, random) =>
    makeStroll(shop, { id: `exam/${index}`, steps: 1 + random.integer(8), questionsPerPage: 3 }, random),
  )
}

/** Asks a model about strolls through a shop, greedily and unaided, and counts right answers. Give a shop that no training text was set in. */
export function sitShopExam(
  model: ChatModel,
  shop: StrollShop,
  settings: { perKind: number; seed: number },
): Promise<Marks<ShopQuestionKind>> {
  return sitPapers(model, shopQuestionKinds, setShopPapers(shop, settings), isRightAnswer)
}

/** To the letter, with the action where one is asked for and without one where none is. */
export function isRightAnswer({ example }: AskedShopQuestion, text: string): boolean {
  return `${text.trimEnd()}\n` === example.completion
}
