import { createRandom } from '../../support/random.ts'
import { type AskedQuestion, makeDocument } from './documents.ts'
import { type QuestionKind, questionKinds } from './questions.ts'
import type { Rooms } from './rooms.ts'

/**
 * The questions of an exam: `perKind` of every kind, about walks in rooms that no training text was set in (the split `valid_unseen`). The same
 * arguments give the same papers. Kinds that hardly ever fit a moment may stay below `perKind`.
 */
export function setPapers(rooms: Rooms, { perKind, seed }: { perKind: number; seed: number }): AskedQuestion[] {
  const papers: AskedQuestion[] = []
  const counts = new Map<QuestionKind, number>()
  for (let index = 0; papers.length < perKind * questionKinds.length && index < perKind * 10; index++) {
    const random = createRandom(seed, 'exam', index)
    const walk = rooms.walk('valid_unseen', index, `exam/${index}`)
    const asked = random.shuffle(makeDocument(walk, { steps: 4 + random.integer(16), questionsPerStep: 2 }, random))
    // One question of a kind from a walk: answers about one room are not independent.
    for (const question of new Map(asked.map((one) => [one.kind, one])).values()) {
      const count = counts.get(question.kind) ?? 0
      if (count >= perKind) continue
      counts.set(question.kind, count + 1)
      papers.push(question)
    }
  }
  return papers
}
