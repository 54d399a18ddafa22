import { openingOf } from '../../contracts/candidates.ts'
import type { PromptInput, Renderer } from '../../contracts/renderer.ts'
import { parseAnswer } from '../parse-answer.ts'
import type { PromptTemplate } from './prompt-template.ts'

/**
 * The prompt format of models that were trained on instructions: a template of the environment in which reason and action stand on lines of their own
 * (paper E.*.2). `withReasons` shows the reasons of earlier steps too, as ReAct does; the paper's student does not see them.
 */
export function createChatRenderer(
  template: PromptTemplate,
  { withReasons = false, maxTokens = 256 }: { withReasons?: boolean; maxTokens?: number } = {},
): Renderer {
  return {
    prompt: ({ instruction, history, observation, candidates = [] }: PromptInput) =>
      template.text('user', {
        instruction,
        history: history.map((step) => ({
          observation: step.observation,
          action: step.action,
          ...(withReasons ? { reason: 'reason' in step ? step.reason : '' } : {}),
        })),
        observation,
        candidates: [...candidates],
      }),
    completion: ({ reason, action }) => template.text('assistant', { reason, action }),
    parse: (text) => {
      const { reason, action } = parseAnswer(text)
      return { reason: reason.replaceAll(/\s*\n\s*/g, ' '), action }
    },
    choice({ candidates = [] }) {
      if (candidates.length === 0) return undefined
      const open = candidates.flatMap((candidate) => openingOf(candidate) ?? [])
      const options = candidates.filter((candidate) => openingOf(candidate) === undefined)
      return { after: 'ACTION:\n', options, ...(open.length > 0 ? { open } : {}) }
    },
    stop: [],
    maxTokens,
  }
}
