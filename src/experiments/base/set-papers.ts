import { type AskedQuestion, makeDocument } from './documents.ts'
import { drawPapers } from './draw-papers.ts'
import { questionKinds } from './questions.ts'
import type { Rooms } from './rooms.ts'

/** The questions of an exam: `perKind` of every kind, about walks in rooms that no training text was set in (the split `valid_unseen`). */
export function setPapers(rooms: Rooms, settings: { perKind: number; seed: number }): AskedQuestion[] {
  return drawPapers(questionKinds, settings, (index, random) => {
    const walk = rooms.walk('valid_unseen', index, `exam/${index}`)
    return makeDocument(walk, { steps: 4 + random.integer(16), questionsPerStep: 2 }, random)
  })
}
