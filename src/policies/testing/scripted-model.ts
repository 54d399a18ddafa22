import type { ChatModel, GenerateRequest } from '../../contracts/model.ts'

/** A chat model made of a function, for tests; keeps what it was asked. */
export function scriptedModel(answer: (request: GenerateRequest) => string): ChatModel & {
  readonly requests: GenerateRequest[]
  readonly forgotten: string[]
  closed: number
} {
  const requests: GenerateRequest[] = []
  const forgotten: string[] = []
  const model = {
    id: 'scripted',
    requests,
    forgotten,
    closed: 0,
    async generate(request: GenerateRequest) {
      requests.push(request)
      const text = answer(request)
      const prompt = request.messages.reduce((sum, { content }) => sum + content.length, 0)
      return { text, finishReason: 'stop' as const, tokens: { prompt, completion: text.length } }
    },
    forget: (session: string) => void forgotten.push(session),
    close: async () => void model.closed++,
  }
  return model
}
