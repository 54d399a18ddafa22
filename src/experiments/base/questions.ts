import type { Random } from '../../support/random.ts'
import { questionMakers } from './question-makers.ts'
import type { Answerable, Sight } from './sight.ts'

export type QuestionKind = keyof typeof questionMakers
export const questionKinds = Object.keys(questionMakers) as QuestionKind[]

/** A question of a kind. */
export interface Question extends Answerable {
  kind: QuestionKind
}

/** How often each kind is asked: what later tasks turn on, most. */
export const questionWeights: Record<QuestionKind, number> = {
  presence: 3,
  take: 3,
  locate: 5,
  explore: 2.5,
  left: 2,
  unseenOfType: 1,
  visited: 1.5,
  recall: 1.5,
  holding: 0.5,
  another: 1.5,
  match: 1,
  treated: 1,
  door: 0.5,
  knowledge: 0.5,
  obey: 0.5,
}

/** Asks one question of a kind, or none if the moment does not fit. */
export function ask(kind: QuestionKind, sight: Sight, random: Random): Question | undefined {
  const question = questionMakers[kind](sight, random)
  return question && { kind, ...question }
}
