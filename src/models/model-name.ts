import { LeapError } from '../contracts/error.ts'
import { type ProviderName, providers } from './providers/providers.ts'

export interface ModelName {
  provider: ProviderName
  /** The provider's own name of the model; a folder for `local`. */
  model: string
  /** From `provider:model@https://...`. */
  baseUrl?: string
}

/**
 * Reads `provider:model`, or `provider:model@http://host/v1` with the address of its server. The model's name may hold colons and slashes.
 * Throws a LeapError `MODEL_NAME_INVALID` or `MODEL_PROVIDER_UNKNOWN` that lists the providers.
 */
export function parseModelName(spec: string): ModelName {
  const colon = spec.indexOf(':')
  const provider = spec.slice(0, colon)
  const [, model = '', baseUrl] = /^(.*?)(?:@(https?:\/\/.+))?$/s.exec(spec.slice(colon + 1))!
  if (colon < 1 || model.trim() === '')
    throw new LeapError({
      code: 'MODEL_NAME_INVALID',
      message: `expected a model's name as provider:model, found ${JSON.stringify(spec)}`,
      remedy: `Providers: ${Object.keys(providers).join(', ')}. Examples: openai:gpt-4o-mini, local:runs/quickstart/checkpoints/pi_1.`,
    })
  if (!Object.hasOwn(providers, provider))
    throw new LeapError({
      code: 'MODEL_PROVIDER_UNKNOWN',
      message: `unknown provider "${provider}" in ${JSON.stringify(spec)} (available: ${Object.keys(providers).join(', ')})`,
      remedy: "For any other server that speaks OpenAI's API: openai-compatible:<model>@<base URL>.",
    })
  return { provider: provider as ProviderName, model, ...(baseUrl === undefined ? {} : { baseUrl }) }
}
