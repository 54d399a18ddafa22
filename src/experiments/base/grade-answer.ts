import { parseAnswer } from '../../policies/parse-answer.ts'
import { actionMarker } from '../../policies/prompts/compact.ts'
import type { Question } from './questions.ts'

/** True if a model's text answers a question rightly: to the letter, with the command where one is asked for and without one where none is. */
export function gradeAnswer(question: Question, text: string): boolean {
  const given = text.includes(actionMarker.trim()) ? parseAnswer(text) : { reason: text.trim(), action: '' }
  if ((given.action === '') !== (question.action === undefined)) return false
  if (question.isRight) return question.isRight(given)
  return given.reason === question.reason && given.action === (question.action ?? '')
}
