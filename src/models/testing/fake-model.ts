import type { ChatModel, GenerateRequest, GenerateResult } from '../../contracts/model.ts'

/** A model made of a function, which keeps what it was asked. Its answers have 10 prompt and 5 completion tokens unless the function says otherwise. */
export function fakeModel(
  answer: (
    request: GenerateRequest,
    call: number,
  ) => string | Partial<GenerateResult> | Promise<string | Partial<GenerateResult>>,
  id = 'fake:model',
): ChatModel & { readonly calls: GenerateRequest[] } {
  const calls: GenerateRequest[] = []
  return {
    id,
    calls,
    async generate(request) {
      calls.push(request)
      const said = await answer(request, calls.length)
      const result = typeof said === 'string' ? { text: said } : said
      return { text: '', finishReason: 'stop', tokens: { prompt: 10, completion: 5 }, ...result }
    },
  }
}

/** A request for `content`, greedy unless told otherwise. */
export function ask(content: string, more: Partial<GenerateRequest> = {}): GenerateRequest {
  return { messages: [{ role: 'user', content }], temperature: 0, maxTokens: 20, seed: 1, ...more }
}
