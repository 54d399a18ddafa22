import { z } from 'zod'
import type { DpoExample, SftExample } from '../../contracts/example.ts'
import type { RowFormat } from './format.ts'

/** One message as all chat formats have it; an empty one is refused by some trainers and taught as silence by others. */
export const messageSchema = z.strictObject({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string().min(1),
})
type MessageShape = z.infer<typeof messageSchema>

/** A message of the assistant, alone. */
export const assistantSchema = messageSchema.extend({ role: z.literal('assistant') })

/** A conversation that the assistant is to answer: somebody else speaks last. */
export const promptSchema = z
  .array(messageSchema)
  .min(1)
  .refine((messages) => messages.at(-1)?.role !== 'assistant', 'the last message must not be of the assistant')

/** A conversation that the assistant has answered. */
export const answeredSchema = z
  .array(messageSchema)
  .min(2)
  .refine((messages) => messages.at(-1)?.role === 'assistant', 'the last message must be of the assistant')

/** True if user and assistant take turns behind an optional system message, as templates of many models demand. */
export function takesTurns(messages: readonly MessageShape[]): boolean {
  const turns = messages[0]?.role === 'system' ? messages.slice(1) : messages
  return turns.every(({ role }, index) => role === (index % 2 === 0 ? 'user' : 'assistant'))
}

export const answer = (content: string): MessageShape => ({ role: 'assistant', content })

/** A row that is one conversation, answered: what most formats for supervised training are. */
export const conversationRow: RowFormat<SftExample> = {
  write: ({ prompt, completion }) => ({ messages: [...prompt, answer(completion)] }),
  schema: z.strictObject({ messages: answeredSchema }),
}

/** A row with one message each for what is chosen and what is rejected, behind a conversation of this shape. */
export function preferenceRow(messages: z.ZodType): RowFormat<DpoExample> {
  return {
    write: ({ prompt, chosen, rejected }) => ({
      messages: prompt,
      chosen: answer(chosen),
      rejected: answer(rejected),
    }),
    schema: z.strictObject({ messages, chosen: assistantSchema, rejected: assistantSchema }),
  }
}
