import { LeapError } from '../../contracts/error.ts'
import type { ChatModel } from '../../contracts/model.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'
import type { Prompts } from '../../policies/prompts/open-prompts.ts'
import { deriveSeed } from '../../support/random.ts'

export type ReasonLabeller = (
  demonstration: Trajectory,
  options: { seed: number; signal?: AbortSignal },
) => Promise<string[]>

/**
 * Gives every action of a demonstration a reason (paper E.1.3). Causal by construction: each step is asked about by itself, with what came before it, so a reason
 * cannot rest on what came after; the paper asks for all at once and tells the model not to look ahead. Reasons that are there already stay.
 * Throws a LeapError `LABEL_EMPTY` if the model twice gives none.
 */
export function createReasonLabeller({
  model,
  prompts,
  temperature = 0.3,
}: {
  model: ChatModel
  prompts: Prompts
  temperature?: number
}): ReasonLabeller {
  const template = prompts.get('label-reason')
  return async ({ id, instruction, steps }, { seed, signal }) => {
    const label = async (index: number): Promise<string> => {
      const { observation, candidates = [], action, reason } = steps[index]!
      if (reason !== '') return reason
      const history = steps.slice(0, index).map((past) => ({ observation: past.observation, action: past.action }))
      for (let attempt = 0; attempt < 2; attempt++) {
        const { text, finishReason } = await model.generate({
          messages: template.messages({ instruction, history, observation, candidates, action }),
          temperature,
          maxTokens: 200,
          // A model at temperature 0 would say the same again; the second attempt is another draw where there is one.
          seed: deriveSeed(seed, 'label', index, attempt),
          ...(signal ? { signal } : {}),
        })
        const cleaned = finishReason === 'stop' || finishReason === 'length' ? cleanReason(text) : ''
        if (cleaned !== '') return cleaned
      }
      throw new LeapError({
        code: 'LABEL_EMPTY',
        message: `${id}, step ${index}: expected a reason for "${action}" from ${model.id}, found none in two answers`,
        remedy: 'Try another model as labeller.',
      })
    }
    const reasons: string[] = []
    for (const index of steps.keys()) reasons.push(await label(index))
    return reasons
  }
}

/** A thought without what models put around it: labels, quotation marks, line feeds, the thinking of reasoning models. */
export function cleanReason(text: string): string {
  return text
    .replace(/<think(?:ing)?>[\s\S]*?(?:<\/think(?:ing)?>|$)/g, '')
    .replace(/\bACTION:[\s\S]*$/i, '')
    .replace(/^\s*(?:reason|thought|why)\s*:\s*/i, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^["“](.*)["”]$/, '$1')
}
