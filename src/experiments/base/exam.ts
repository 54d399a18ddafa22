import type { ChatModel } from '../../contracts/model.ts'
import { gradeAnswer } from './grade-answer.ts'
import { type QuestionKind, questionKinds } from './questions.ts'
import type { Rooms } from './rooms.ts'
import { setPapers } from './set-papers.ts'

/** Right answers by kind of question. */
export type ExamResult = Record<QuestionKind, { right: number; asked: number }>

/** Asks a model questions about walks in rooms that no training text was set in, greedily and unaided, and counts right answers. */
export async function sitExam(
  model: ChatModel,
  rooms: Rooms,
  { perKind, seed }: { perKind: number; seed: number },
): Promise<ExamResult> {
  const result = Object.fromEntries(questionKinds.map((kind) => [kind, { right: 0, asked: 0 }])) as ExamResult
  await Promise.all(
    setPapers(rooms, { perKind, seed }).map(async (question, index) => {
      const answer = await model.generate({
        messages: question.example.prompt,
        temperature: 0,
        maxTokens: 48,
        stop: ['\n'],
        seed: index,
      })
      result[question.kind].asked++
      if (gradeAnswer(question, answer.text)) result[question.kind].right++
    }),
  )
  return result
}
