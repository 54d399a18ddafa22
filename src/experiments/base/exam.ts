import type { ChatModel } from '../../contracts/model.ts'
import { parseAnswer } from '../../policies/parse-answer.ts'
import { actionMarker } from '../../policies/prompts/compact.ts'
import { createRandom } from '../../support/random.ts'
import { type AskedQuestion, makeDocument } from './documents.ts'
import { type QuestionKind, questionKinds } from './questions.ts'
import type { Rooms } from './rooms.ts'

/** Right answers by kind of question. */
export type ExamResult = Record<QuestionKind, { right: number; asked: number }>

/** Asks a model questions about walks in rooms that no training text was set in, greedily and unaided, and counts right answers. */
export async function sitExam(
  model: ChatModel,
  rooms: Rooms,
  { perKind, seed }: { perKind: number; seed: number },
): Promise<ExamResult> {
  const papers = setPapers(rooms, perKind, seed)
  const result = Object.fromEntries(questionKinds.map((kind) => [kind, { right: 0, asked: 0 }])) as ExamResult
  await Promise.all(
    papers.map(async (question, index) => {
      const answer = await model.generate({
        messages: question.example.prompt,
        temperature: 0,
        maxTokens: 48,
        stop: ['\n'],
        seed: index,
      })
      result[question.kind].asked++
      if (isRight(question, answer.text)) result[question.kind].right++
    }),
  )
  return result
}

function isRight(question: AskedQuestion, text: string): boolean {
  const given = text.includes(actionMarker.trim()) ? parseAnswer(text) : { reason: text.trim(), action: '' }
  if (question.isRight) return question.isRight(given)
  return given.reason === question.reason && given.action === (question.action ?? '')
}

function setPapers(rooms: Rooms, perKind: number, seed: number): AskedQuestion[] {
  const papers: AskedQuestion[] = []
  const counts = new Map<QuestionKind, number>()
  for (let index = 0; papers.length < perKind * questionKinds.length && index < perKind * 10; index++) {
    const random = createRandom(seed, 'exam', index)
    const walk = {
      id: `exam/${index}`,
      session: rooms.session('valid_unseen', index),
      types: rooms.types,
      knowledge: rooms.knowledge,
    }
    // One question a walk and kind: answers about one room are not independent.
    for (const question of random
      .shuffle(makeDocument(walk, { steps: 4 + random.integer(16), questionsPerStep: 2 }, random))
      .slice(0, 8)) {
      const count = counts.get(question.kind) ?? 0
      if (count >= perKind) continue
      counts.set(question.kind, count + 1)
      papers.push(question)
    }
  }
  return papers
}
