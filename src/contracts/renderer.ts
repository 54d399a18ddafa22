import type { PolicyRequest } from './policy.ts'

/** What a prompt is made of; recorded trajectories and live requests both fit. */
export type PromptInput = Pick<PolicyRequest, 'instruction' | 'observation'> & {
  history: readonly { observation: string; candidates?: readonly string[] | undefined; action: string }[]
  candidates?: readonly string[]
}

/** How a student's prompt and answer are written. Training and roll-outs must share one. */
export interface Renderer {
  prompt(input: PromptInput): string
  /** What the student is trained to write; `input` is what it answers. */
  completion(answer: { reason: string; action: string }, input?: PromptInput): string
  /** The inverse of `completion`. Absent: the text behind `ACTION:` is the action. */
  parse?(text: string, input: PromptInput): { reason: string; action: string }
  /**
   * What the answer is restricted to: behind `after` one of `options`, or the beginning `open` with anything behind it.
   * Absent: behind the action marker one of the candidates.
   */
  choice?(input: PromptInput): { after: string; options: readonly string[]; open?: readonly string[] } | undefined
  /** Strings that end the answer. Default: a line break. */
  stop?: readonly string[]
  /** Most tokens of reason and action together. Default 48. */
  maxTokens?: number
}
