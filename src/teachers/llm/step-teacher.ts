import type { Correction } from '../../contracts/correction.ts'
import type { GenerateResult, Message } from '../../contracts/model.ts'
import type { Teacher } from '../../contracts/teacher.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'
import { matchCandidate } from '../../policies/match-candidate.ts'
import { parseAnswer } from '../../policies/parse-answer.ts'
import { deriveSeed } from '../../support/random.ts'
import { stateOf } from './describe-steps.ts'
import { type LlmTeacherSettings, nameOf, unusable } from './settings.ts'

/**
 * Asks about every step by itself: what the student knew, with the hidden state beside it (the way in which a model teaches itself, paper section 4.6). The
 * model never sees later steps, so its reasons cannot rest on them.
 */
export function createStepTeacher(settings: LlmTeacherSettings): Teacher {
  const { model, prompts, temperature, stepTokens } = settings
  const generate = (messages: readonly Message[], seed: number, signal: AbortSignal | undefined) =>
    model.generate({ messages, temperature, maxTokens: stepTokens, seed, ...(signal ? { signal } : {}) })

  const decide = async (
    trajectory: Trajectory,
    index: number,
    { more, seed, signal }: { more: readonly Message[]; seed: number; signal: AbortSignal | undefined },
  ): Promise<Correction | undefined> => {
    const messages = [...render(settings, trajectory, index), ...more]
    let result = await generate(messages, seed, signal)
    let read = readDecision(result)
    if ('problem' in read && read.cause === 'malformed') {
      const repair = prompts.get('repair-step').messages({ problem: read.problem })
      const said: Message = { role: 'assistant', content: result.text.trim() || '(nothing)' }
      result = await generate([...messages, said, ...repair], seed, signal)
      read = readDecision(result)
    }
    if ('problem' in read) return unusable(trajectory.id, index, read.cause, read.problem)
    const step = trajectory.steps[index]!
    const action = matchCandidate(read.action, step.candidates)
    // The same action for another reason counts as no correction, as in LEAP's released code.
    if (action === step.action) return undefined
    return { trajectoryId: trajectory.id, step: index, reason: read.reason, action, isCorrected: true }
  }
  return {
    name: nameOf(settings),
    async correct(trajectory, { seed, signal }) {
      const corrections: Correction[] = []
      for (let index = 0; index < trajectory.steps.length; index++) {
        const correction = await decide(trajectory, index, { more: [], seed: deriveSeed(seed, 'step', index), signal })
        if (correction) corrections.push(correction)
      }
      return corrections
    },
    async rewrite(trajectory, requests, { seed, signal }) {
      const rewritten: Correction[] = []
      for (const { correction, finding } of requests) {
        const { step, reason, action } = correction
        const more: Message[] = [
          { role: 'assistant', content: `REASON:\n${reason}\nACTION:\n${action}` },
          ...prompts.get('repair-step').messages({ problem: finding }),
        ]
        const answer = await decide(trajectory, step, { more, seed: deriveSeed(seed, 'rewrite', step), signal })
        if (answer && answer.dropped === undefined) rewritten.push(answer)
      }
      return rewritten
    },
  }
}

function render({ prompts, level, privileged }: LlmTeacherSettings, trajectory: Trajectory, index: number): Message[] {
  const { observation, candidates = [], reason, action, privileged: hidden } = trajectory.steps[index]!
  return prompts.get('correct-step').messages({
    level,
    privileged,
    state: privileged ? stateOf(hidden?.text, `${trajectory.id}, step ${index}`) : '',
    instruction: trajectory.instruction,
    history: trajectory.steps.slice(0, index).map((step) => ({ observation: step.observation, action: step.action })),
    observation,
    candidates,
    reason,
    action,
  })
}

function readDecision({
  text,
  finishReason,
}: GenerateResult): { reason: string; action: string } | { problem: string; cause: 'malformed' | 'refused' } {
  if (finishReason === 'refusal' || finishReason === 'content-filter')
    return { problem: `the model declined: ${text.slice(0, 300)}`, cause: 'refused' }
  const { reason, action } = parseAnswer(text)
  if (action === '') return { problem: 'there is no line "ACTION:" with an action behind it', cause: 'malformed' }
  if (reason === '') return { problem: 'there is no reason before "ACTION:"', cause: 'malformed' }
  return { reason: reason.replaceAll(/\s*\n\s*/g, ' '), action }
}
