import type { GenerateRequest } from '../../contracts/model.ts'
import { findVariable } from '../keys/find-key.ts'
import { ModelError } from '../model-error.ts'
import type { Provider } from '../provider.ts'
import { createRemoteModel } from '../remote/remote-model.ts'
import { openCompatibleClient } from './compatible-client.ts'
import { readCompatibleLogprobs } from './compatible-logprobs.ts'

const keys = ['LEAP_API_KEY']

/**
 * A student behind `leap serve`. With the server's extensions (choice, session, score) the answers are those that the same model gives in
 * process, to the last character.
 */
export const leapProvider: Provider = {
  summary: 'a student behind leap serve, for example leap:student@http://localhost:8000/v1',
  ignores: 'schema',
  keys,
  async open(model, options) {
    const key = findVariable(options.env, keys)
    const { client, url } = await openCompatibleClient('leap', model, key, options)
    const remote = createRemoteModel({
      id: `leap:${model}`,
      client,
      baseUrl: url,
      keys: key === undefined ? [] : [key],
      ignores: ['schema'],
      providerOptions: (request) => ({ compatible: extensions(request) }),
      readLogprobs: readCompatibleLogprobs,
      ...(options.stream === undefined ? {} : { stream: options.stream }),
    })
    const { fetch = globalThis.fetch } = options
    const scorer = createRemoteModel({
      id: `leap:${model}`,
      client,
      baseUrl: url,
      keys: key === undefined ? [] : [key],
      ignores: [],
      providerOptions: () => ({ compatible: { logprobs: true, leap: { score: true } } }),
      readLogprobs: readCompatibleLogprobs,
    })
    return {
      ...remote,
      async score({ messages, completion }) {
        if (completion === '') return []
        const { logprobs } = await scorer.generate({
          messages: [...messages, { role: 'assistant', content: completion }],
          temperature: 0,
          maxTokens: 1,
          seed: 0,
          logprobs: true,
        })
        if (logprobs) return logprobs
        throw new ModelError({
          code: 'MODEL_ANSWER_MALFORMED',
          message: `leap:${model}: expected log-probabilities of the completion, found none`,
          remedy: 'The leap provider needs leap serve at the other end; for other servers use openai-compatible.',
        })
      },
      forget(session) {
        const address = `${url}/sessions/${encodeURIComponent(session)}`
        const headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
        // A session that is not forgotten costs the server some memory, which it takes back by itself.
        fetch(address, { method: 'DELETE', headers }).then(
          (response) => response.body?.cancel(),
          () => {},
        )
      },
    }
  },
}

function extensions({ logprobs, choice, session }: GenerateRequest) {
  return {
    ...(logprobs ? { logprobs: true } : {}),
    ...(choice || session !== undefined
      ? {
          leap: {
            ...(choice ? { choice: choiceOf(choice) } : {}),
            ...(session === undefined ? {} : { session }),
          },
        }
      : {}),
  }
}

/** Fields that a contract may gain must be sent too, or a student would act otherwise behind a server than in process. */
function choiceOf({ after, options, open, ...unknown }: NonNullable<GenerateRequest['choice']>) {
  unknown satisfies Record<string, never>
  return { after, options: [...options], ...(open?.length ? { open: [...open] } : {}) }
}
