import type { ServerResponse } from 'node:http'
import type { GenerateRequest, GenerateResult } from '../../contracts/model.ts'
import { toApiError } from './api-error.ts'
import type { ChatRequest } from './chat-request.ts'
import { chunk, completion, finishReasonOf, logprobsOf, type ResponseHead, usageOf } from './chat-response.ts'
import { sendJson } from './send-json.ts'
import type { ServedModel } from './served-model.ts'

export interface AnswerOptions {
  served: ServedModel
  head: ResponseHead
  /** Seed of the first choice; the others count on from it. */
  seed: number
  /** Aborts when the client is gone. */
  signal: AbortSignal
}

/** Answers one request, whole or in pieces. Throws before anything is sent; an error on the way is an event of the stream. */
export async function answerChat(
  request: ChatRequest,
  response: ServerResponse,
  options: AnswerOptions,
): Promise<void> {
  if (request.stream) return stream(request, response, options)
  const results = request.score
    ? [await scoreLast(request, options)]
    : await Promise.all(requestsOf(request, options).map((one) => options.served.model.generate(one)))
  sendJson(response, 200, completion(options.head, results))
}

function requestsOf({ messages, settings, choices }: ChatRequest, { seed, signal }: AnswerOptions): GenerateRequest[] {
  return Array.from({ length: choices }, (_, index) => ({ ...settings, messages, seed: seed + index, signal }))
}

async function scoreLast({ messages }: ChatRequest, { served }: AnswerOptions): Promise<GenerateResult> {
  const before = messages.slice(0, -1)
  const text = messages.at(-1)!.content
  const logprobs = await served.model.score!({ messages: before, completion: text })
  return {
    text,
    finishReason: 'stop',
    tokens: { prompt: served.countPrompt(before), completion: logprobs.length },
    logprobs,
    tokenTexts: served.split(text),
  }
}

async function stream(request: ChatRequest, response: ServerResponse, options: AnswerOptions): Promise<void> {
  const { head, served } = options
  const send = (event: object) => {
    if (!response.headersSent)
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
    response.write(`data: ${JSON.stringify(event)}\n\n`)
  }
  const piece = (index: number, delta: object, finish: string | null = null, logprobs: object | null = null) =>
    send(chunk(head, { index, delta, logprobs, finish_reason: finish }, request.streamUsage ? { usage: null } : {}))
  try {
    const results = await Promise.all(
      requestsOf(request, options).map(async (one, index) => {
        let begun = false
        const begin = () => {
          if (!begun) piece(index, { role: 'assistant', content: '' })
          begun = true
        }
        const result = await served.model.generate({
          ...one,
          onText: (text) => {
            begin()
            piece(index, { content: text })
          },
        })
        begin()
        // Pieces of text and tokens do not fall together, so all log-probabilities come with the end.
        piece(index, {}, finishReasonOf(result), logprobsOf(result))
        return result
      }),
    )
    if (request.streamUsage) send(chunk(head, undefined, { usage: usageOf(results) }))
    response.end('data: [DONE]\n\n')
  } catch (error) {
    if (!response.headersSent || options.signal.aborted) throw error
    send(toApiError(error).body)
    response.end()
  }
}
