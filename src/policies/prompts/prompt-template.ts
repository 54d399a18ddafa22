import { Template } from '@huggingface/jinja'
import { LeapError } from '../../contracts/error.ts'
import type { Message } from '../../contracts/model.ts'
import { hashText } from '../../support/hash.ts'

const roles = ['system', 'user', 'assistant'] as const

/** A prompt that is rendered once per role; see prompts/README.md. */
export interface PromptTemplate {
  /** `alfworld/student.jinja`, for messages and records. */
  readonly name: string
  /** Changes when the template's text does. */
  readonly hash: string
  /** The messages: those roles for which the template prints something, outer white space removed. Throws a LeapError `PROMPT_INVALID`. */
  messages(variables: Readonly<Record<string, unknown>>): Message[]
  /** What it prints for one role. Throws a LeapError `PROMPT_INVALID`. */
  text(role: Message['role'], variables: Readonly<Record<string, unknown>>): string
}

/**
 * Compiles a template. Values of variables are data: Jinja written in an observation is printed as it stands, never run.
 * Throws a LeapError `PROMPT_INVALID` naming the template.
 */
export function createPromptTemplate(name: string, source: string): PromptTemplate {
  const invalid = (cause: unknown) =>
    new LeapError({
      code: 'PROMPT_INVALID',
      message: `prompts/${name}: expected a Jinja template, found: ${cause instanceof Error ? cause.message : cause}`,
      remedy: 'Which variables a template gets is listed in prompts/README.md.',
      cause,
    })
  const guarded = <Result>(work: () => Result): Result => {
    try {
      return work()
    } catch (cause) {
      throw invalid(cause)
    }
  }
  const template = guarded(() => new Template(source))
  const text: PromptTemplate['text'] = (role, variables) =>
    guarded(() => template.render({ ...variables, role }).trim())
  return {
    name,
    hash: hashText([source]),
    text,
    messages: (variables) =>
      roles.flatMap((role) => {
        const content = text(role, variables)
        return content === '' ? [] : [{ role, content }]
      }),
  }
}
