import type { Correction } from '../../contracts/correction.ts'
import type { GenerateResult, Message } from '../../contracts/model.ts'
import type { RewriteRequest, Teacher } from '../../contracts/teacher.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'
import { matchCandidate } from '../../policies/match-candidate.ts'
import { deriveSeed } from '../../support/random.ts'
import { correctionsSchema } from './answer-schema.ts'
import { type AskedStep, type ReadAnswer, readAnswer } from './read-answer.ts'
import { type LlmTeacherSettings, nameOf, unusable } from './settings.ts'
import { answerTokens, guessTokens, splitWindows, type Window } from './windows.ts'

/**
 * Corrects a whole trajectory in one call, or in as few as its length allows. An answer that cannot be read in full is sent back once with what is wrong with
 * it; steps that stay wrong come out as dropped corrections, so that nothing disappears. What the model declines to answer is not asked again.
 */
export function createTrajectoryTeacher(settings: LlmTeacherSettings): Teacher {
  const { prompts, level, privileged, contextTokens } = settings
  const template = prompts.get('corrections')
  const render = (trajectory: Trajectory, { steps, earlier }: Pick<Window, 'steps' | 'earlier'>) =>
    template.messages({
      level: privileged ? level : 1,
      privileged,
      instruction: trajectory.instruction,
      outcome: outcomeText(trajectory),
      steps,
      earlier: earlier.length > 0 ? earlier : undefined,
    })
  const windowsOf = (trajectory: Trajectory) => {
    const empty = { timestep: 0, observation: '', reason: '', action: '' }
    const frame = render(trajectory, { steps: [empty], earlier: [] })
    const frameTokens = guessTokens(frame.map(({ content }) => content).join(''))
    return splitWindows(trajectory, { privileged, contextTokens, frameTokens })
  }
  return {
    name: nameOf(settings),
    async correct(trajectory, { seed, signal }) {
      const corrections: Correction[] = []
      for (const window of windowsOf(trajectory)) {
        const call = { messages: render(trajectory, window), seed: deriveSeed(seed, 'window', window.from), signal }
        corrections.push(...(await correctWindow(settings, trajectory, window, call)))
      }
      return corrections
    },
    async rewrite(trajectory, requests, { seed, signal }) {
      const rewritten: Correction[] = []
      for (const window of windowsOf(trajectory)) {
        const found = requests.filter(({ correction: { step } }) => step >= window.from && step < window.to)
        if (found.length === 0) continue
        const messages = [...render(trajectory, window), ...askAgain(settings, trajectory, found)]
        const call = { messages, seed: deriveSeed(seed, 'rewrite', window.from), signal }
        const result = await ask(settings, call, found.length)
        const asked = found.map(({ correction: { step } }) => askedStep(trajectory, step))
        const { steps } = readAnswer(result.text, asked, { isCut: result.finishReason === 'length' })
        rewritten.push(...[...steps].map(([step, answer]) => toCorrection(trajectory, step, answer)))
      }
      return rewritten
    },
  }
}

interface Call {
  messages: readonly Message[]
  seed: number
  signal?: AbortSignal | undefined
}

function ask({ model, temperature }: LlmTeacherSettings, { messages, seed, signal }: Call, steps: number) {
  return model.generate({
    messages,
    temperature,
    maxTokens: answerTokens(steps),
    seed,
    schema: correctionsSchema,
    ...(signal ? { signal } : {}),
  })
}

async function correctWindow(
  settings: LlmTeacherSettings,
  trajectory: Trajectory,
  { from, to }: Window,
  call: Call,
): Promise<Correction[]> {
  const all = Array.from({ length: to - from }, (_, offset) => askedStep(trajectory, from + offset))
  const first = await ask(settings, call, all.length)
  if (isDeclined(first)) return all.map(({ index }) => unusable(trajectory.id, index, 'refused', declined(first)))
  const answer = readAnswer(first.text, all, { isCut: first.finishReason === 'length' })
  const open = unanswered(all, answer)
  if (open.length > 0) {
    const repair = settings.prompts.get('repair').messages({
      problems: answer.problems,
      steps: open.map(({ index }) => index),
    })
    // An empty message is refused by some providers.
    const said: Message = { role: 'assistant', content: first.text.trim() || '(nothing)' }
    const second = await ask(settings, { ...call, messages: [...call.messages, said, ...repair] }, open.length)
    const repaired = isDeclined(second)
      ? { steps: new Map(), left: new Set<number>(), problems: [declined(second)] }
      : readAnswer(second.text, open, { isCut: second.finishReason === 'length' })
    for (const [step, read] of repaired.steps) answer.steps.set(step, read)
    for (const step of repaired.left) answer.left.add(step)
    answer.problems = repaired.problems
  }
  return all.flatMap(({ index }) => {
    const read = answer.steps.get(index)
    if (read) return toCorrection(trajectory, index, read)
    return answer.left.has(index) ? [] : unusable(trajectory.id, index, 'malformed', answer.problems.join('; '))
  })
}

function unanswered(asked: readonly AskedStep[], { steps, left }: ReadAnswer): AskedStep[] {
  return asked.filter(({ index }) => !steps.has(index) && !left.has(index))
}

function askedStep({ steps }: Trajectory, index: number): AskedStep {
  return { index, action: steps[index]!.action }
}

function toCorrection(trajectory: Trajectory, index: number, read: { reason: string; action: string }): Correction {
  const step = trajectory.steps[index]!
  const action = matchCandidate(read.action, step.candidates)
  const isCorrected = action !== step.action || read.reason !== step.reason
  return { trajectoryId: trajectory.id, step: index, reason: read.reason, action, isCorrected }
}

/** What the teacher said, as it would say it, and what is wrong with it. */
function askAgain(
  { prompts }: LlmTeacherSettings,
  { steps }: Trajectory,
  requests: readonly RewriteRequest[],
): Message[] {
  const said = requests.map(({ correction: { step, reason, action } }) => ({
    timestep: step,
    original_action: steps[step]!.action,
    corrected_reason: reason,
    corrected_action: action,
  }))
  const findings = requests.map(({ correction: { step, reason, action }, finding }) => ({
    timestep: step,
    reason,
    action,
    problem: finding,
  }))
  return [
    { role: 'assistant', content: JSON.stringify({ summary: '', trajectory: said }) },
    ...prompts.get('rewrite').messages({ findings }),
  ]
}

function isDeclined({ finishReason }: GenerateResult): boolean {
  return finishReason === 'refusal' || finishReason === 'content-filter'
}

function declined({ finishReason, text }: GenerateResult): string {
  return `${finishReason === 'refusal' ? 'the model declined' : 'the provider withheld the answer'}: ${text.slice(0, 300)}`
}

function outcomeText({ outcome, steps }: Trajectory): string {
  return outcome === 'success'
    ? `was solved in ${steps.length} actions`
    : `was not solved within the ${steps.length} actions allowed`
}
