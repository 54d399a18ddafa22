import { LeapError } from '../contracts/error.ts'
import type { ChatModel } from '../contracts/model.ts'
import type { PrivilegedState } from '../contracts/privileged-state.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { createLlmTeacher } from '../teachers/llm/llm-teacher.ts'
import type { Scene } from './preflight.ts'
import type { Workshop } from './workshop.ts'

/**
 * Renders the prompt that the teacher would get for the first moment of a real task and looks for the hidden state in it: all of it, line by line, where the teacher is to
 * have it; none of it, whatever it is, where it is not. Costs nothing. Throws a LeapError `PREFLIGHT_PRIVILEGE_MISSING` or `PREFLIGHT_PRIVILEGE_SHOWN`.
 */
export async function checkTeacherPrompt(
  { config, prompts }: Pick<Workshop, 'config' | 'prompts'>,
  { request, privileged }: Scene,
): Promise<void> {
  const { level, privilege, mode, model: spec } = config.teacher
  const isPrivileged = privilege !== 'none' && level > 1
  const chosen = mode ?? (spec === 'student' ? 'step' : 'trajectory')
  const { text: prompt, template } = await promptFor(request, privileged)
  const has = (line: string) => prompt.includes(line) || prompt.includes(JSON.stringify(line).slice(1, -1))
  const lines = privileged.text.split('\n').filter((line) => line.trim() !== '')
  const missing = lines.filter((line) => !has(line))
  if (isPrivileged && missing.length > 0)
    throw new LeapError({
      code: 'PREFLIGHT_PRIVILEGE_MISSING',
      message: `expected the teacher's prompt for ${request.task.id} to hold its hidden state, found that ${missing.length} of ${lines.length} lines are not in it, for example ${JSON.stringify(missing[0])}`,
      remedy: `The template ${template} must print privileged_state or state; a teacher without privilege is teacher.privilege: none.`,
    })
  // Hidden states repeat what the student sees too (its task, for one), so that words of theirs in the prompt prove nothing: a prompt that does not change with the
  // hidden state holds nothing of it.
  const { text: other } = isPrivileged ? { text: prompt } : await promptFor(request, nothingHidden)
  if (other !== prompt)
    throw new LeapError({
      code: 'PREFLIGHT_PRIVILEGE_SHOWN',
      message: `expected the prompt of a teacher without privilege to hold no hidden state, found that it changes with it: ${JSON.stringify(firstDifference(prompt, other))}`,
      remedy: `The template ${template} shows what it should not when \`privileged\` is false.`,
    })

  async function promptFor(
    { task, instruction, observation, candidates = [] }: Scene['request'],
    hidden: Scene['privileged'],
  ) {
    let seen = ''
    const listener: ChatModel = {
      id: 'preflight',
      async generate({ messages }) {
        seen ||= messages.map(({ content }) => content).join('\n')
        return { text: '', finishReason: 'refusal', tokens: { prompt: 0, completion: 0 } }
      },
    }
    const action = candidates[0] ?? 'look'
    const step = {
      observation,
      candidates: [...candidates],
      reason: 'I begin.',
      action,
      score: 0,
      admissible: true,
      privileged: hidden,
    }
    const trajectory: Trajectory = {
      id: 'preflight',
      task,
      policy: 'pi_0',
      instruction,
      steps: [step],
      finalObservation: '',
      score: 0,
      outcome: 'failure',
    }
    const teacher = createLlmTeacher({ model: listener, prompts, level, mode: chosen, privileged: isPrivileged })
    await teacher.correct(trajectory, { seed: 0 })
    return { text: seen, template: prompts.get(chosen === 'step' ? 'correct-step' : 'corrections').name }
  }
}

/** A hidden state that says nothing. */
const nothingHidden: PrivilegedState = { text: '(nothing is hidden)', data: {}, secrets: [] }

/** The first line of a text that another text does not have. */
function firstDifference(text: string, other: string): string {
  const others = new Set(other.split('\n'))
  return text.split('\n').find((line) => !others.has(line)) ?? ''
}
