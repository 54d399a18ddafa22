import type { Correction } from '../../contracts/correction.ts'
import type { ChatModel } from '../../contracts/model.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'
import type { Prompts } from '../../policies/prompts/open-prompts.ts'
import { deriveSeed } from '../../support/random.ts'
import { judgementSchema } from './answer-schema.ts'
import { parseJsonAnswer } from './parse-json-answer.ts'

export interface Judgement {
  /** Undefined where the verdict could not be read. */
  justified?: boolean
  because: string
}

export type Judge = (
  trajectory: Trajectory,
  correction: Pick<Correction, 'step' | 'reason' | 'action'>,
  options: { seed: number; signal?: AbortSignal },
) => Promise<Judgement>

/**
 * A judge that sees what the student saw and nothing else, and says whether a correction follows from it. Hidden states never enter its prompt. Greedy;
 * the seed tells repeated calls apart.
 */
export function createBlindJudge({ model, prompts }: { model: ChatModel; prompts: Prompts }): Judge {
  const template = prompts.get('judge')
  return async ({ instruction, steps }, { step, reason, action }, { seed, signal }) => {
    const { observation, candidates = [] } = steps[step]!
    const history = steps.slice(0, step).map((past) => ({ observation: past.observation, action: past.action }))
    const { text, finishReason } = await model.generate({
      messages: template.messages({ instruction, history, observation, candidates, reason, action }),
      temperature: 0,
      maxTokens: 200,
      seed: deriveSeed(seed, 'judge', step),
      schema: judgementSchema,
      ...(signal ? { signal } : {}),
    })
    if (finishReason === 'refusal' || finishReason === 'content-filter') return { because: `declined: ${text}` }
    return readJudgement(text)
  }
}

/** Reads a verdict from JSON, or from an answer that begins with yes or no. */
export function readJudgement(text: string): Judgement {
  const parsed = parseJsonAnswer(text)
  const record = 'value' in parsed ? (parsed.value as Record<string, unknown>) : undefined
  const verdict = String(record?.justified ?? text)
    .trim()
    .toLowerCase()
  const because = typeof record?.because === 'string' ? record.because : text.trim().slice(0, 300)
  const justified = /^\W*(?:yes|true)\b/.test(verdict) ? true : /^\W*(?:no|false)\b/.test(verdict) ? false : undefined
  return { ...(justified === undefined ? {} : { justified }), because }
}
