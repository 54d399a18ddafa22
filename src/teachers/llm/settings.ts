import type { Correction } from '../../contracts/correction.ts'
import type { PrivilegeLevel } from '../../contracts/domain.ts'
import type { ChatModel } from '../../contracts/model.ts'
import type { Prompts } from '../../policies/prompts/open-prompts.ts'

export interface LlmTeacherOptions {
  model: ChatModel
  prompts: Prompts
  /** How much of the hidden state a correction may use and tell, 1 to 5 (paper section 4.5). Level 1 sees none. */
  level: PrivilegeLevel
  /** False: the hidden state is not shown (a control: what does privilege itself add?). */
  privileged: boolean
  /** `trajectory`: one call for a whole trajectory, as the paper; `step`: one call a step, as its self-improvement (section 4.6). */
  mode: 'trajectory' | 'step'
  /** Default 0.3, as the paper. */
  temperature?: number
  /** Tokens that prompt and answer of one call may have together; longer trajectories are corrected in pieces. Default 32,000. */
  contextTokens?: number
  /** Tokens of reason and action in step mode. Default 256. */
  stepTokens?: number
}

/** The options with all that may be left out filled in. */
export type LlmTeacherSettings = Required<LlmTeacherOptions>

/** Name of an LLM teacher in records. */
export function nameOf({ mode, level, privileged }: LlmTeacherSettings): string {
  return `llm-${mode}-${privileged ? level : 'unprivileged'}`
}

/** A step for which the model gave no usable answer: recorded with its cause, never trained on. */
export function unusable(trajectoryId: string, step: number, cause: 'malformed' | 'refused', why: string): Correction {
  return { trajectoryId, step, reason: why.slice(0, 2000), action: '', isCorrected: false, dropped: cause }
}
