import { z } from 'zod'
import type { ProviderAnswer } from '../remote/read-answer.ts'

const answerSchema = z.object({
  choices: z.tuple([
    z.object({ logprobs: z.object({ content: z.array(z.object({ token: z.string(), logprob: z.number() })) }) }),
  ]),
})

/** The log-probabilities of a whole (not streamed) answer in OpenAI's shape; undefined if it holds none. */
export function readCompatibleLogprobs({ response }: ProviderAnswer): { token: string; logprob: number }[] | undefined {
  const parsed = answerSchema.safeParse(response?.body)
  return parsed.success ? parsed.data.choices[0].logprobs.content : undefined
}
