import type { ChatModel } from '../../contracts/model.ts'
import { gradeAnswer } from './grade-answer.ts'
import { type QuestionKind, questionKinds } from './questions.ts'
import type { Rooms } from './rooms.ts'
import { setPapers } from './set-papers.ts'
import { type Marks, sitPapers } from './sit-papers.ts'

/** Asks a model questions about walks in rooms that no training text was set in, greedily and unaided, and counts right answers. */
export function sitExam(
  model: ChatModel,
  rooms: Rooms,
  settings: { perKind: number; seed: number },
): Promise<Marks<QuestionKind>> {
  return sitPapers(model, questionKinds, setPapers(rooms, settings), gradeAnswer)
}
