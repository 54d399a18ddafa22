import { findVariable } from '../keys/find-key.ts'
import type { Provider } from '../provider.ts'
import { createRemoteModel } from '../remote/remote-model.ts'
import { openCompatibleClient } from './compatible-client.ts'
import { readCompatibleLogprobs } from './compatible-logprobs.ts'

const keys = ['OPENAI_COMPATIBLE_API_KEY']

/** Any server that speaks OpenAI's chat completions: vLLM, SGLang, llama.cpp, Ollama, LM Studio, OpenRouter and the like. */
export const openaiCompatibleProvider: Provider = {
  summary: 'any server with an OpenAI-compatible API, for example openai-compatible:qwen2.5@http://localhost:8000/v1',
  ignores:
    'choice, session, score. What else is ignored is up to the server. A schema that the server refuses is left out from then on.',
  keys,
  async open(model, options) {
    const key = findVariable(options.env, keys)
    const { client, url } = await openCompatibleClient('openai-compatible', model, key, options)
    return createRemoteModel({
      id: `openai-compatible:${model}`,
      client,
      baseUrl: url,
      keys: key === undefined ? [] : [key],
      ignores: ['choice'],
      providerOptions: ({ logprobs }) => ({
        compatible: { ...(logprobs ? { logprobs: true } : {}), ...(options.providerOptions as object) },
      }),
      readLogprobs: readCompatibleLogprobs,
      ...(options.stream === undefined ? {} : { stream: options.stream }),
    })
  },
}
