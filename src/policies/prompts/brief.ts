import type { PromptInput, Renderer } from '../../contracts/renderer.ts'
import { reasonMarker, renderCompletion } from './compact.ts'

/**
 * The student's prompt in as few tokens as the environment's own texts allow: the first observation, then each action with what it led to. Candidate actions
 * are not listed; an answer is restricted to them all the same. For pretrained models, which know what can be done with a desk, and whose tokenizers
 * spend four tokens on `desk 1,`: in household games three quarters of a compact prompt are its list. Everything but the last line is a prefix of the next step's
 * prompt, so that training reads a game once for all of its steps. The task comes first, and only if the first observation does not tell it itself.
 */
export function renderBrief({ instruction, history, observation }: PromptInput): string {
  const opening = history[0]?.observation ?? observation
  const task = opening.includes(instruction) ? '' : `${instruction}\n`
  const past = history.map((step) => `${step.observation}\n> ${step.action}\n`).join('')
  return `${task}${past}${observation}\n${reasonMarker}`
}

/** The prompt format of small pretrained students. */
export const briefRenderer: Renderer = { prompt: renderBrief, completion: renderCompletion }
