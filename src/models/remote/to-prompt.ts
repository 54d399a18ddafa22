import type { LanguageModelV3Prompt } from '@ai-sdk/provider'
import type { Message } from '../../contracts/model.ts'

/** Messages in the form that the providers' clients take. */
export function toPrompt(messages: readonly Message[]): LanguageModelV3Prompt {
  return messages.map(({ role, content }) =>
    role === 'system' ? { role, content } : { role, content: [{ type: 'text' as const, text: content }] },
  )
}
