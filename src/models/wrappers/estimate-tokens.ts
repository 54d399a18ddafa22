import type { GenerateRequest } from '../../contracts/model.ts'

type Prompt = Pick<GenerateRequest, 'messages' | 'schema'>

/** Tokens that frame one message, generously. */
const perMessage = 8

/** About how many tokens a prompt has: English text has four characters a token, other scripts fewer. For estimates and rate limits. */
export function estimateTokens(prompt: Prompt): number {
  return Math.ceil(bytesOf(prompt) / 4) + perMessage * prompt.messages.length
}

/** How many tokens a prompt has at most: no tokenizer in use spends more than one on a byte. */
export function mostTokens(prompt: Prompt): number {
  return bytesOf(prompt) + 2 * perMessage * (prompt.messages.length + 1)
}

function bytesOf({ messages, schema }: Prompt): number {
  const schemaBytes = schema ? Buffer.byteLength(JSON.stringify(schema)) : 0
  return messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), schemaBytes)
}
