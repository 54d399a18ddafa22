import type { ChatModel } from '../contracts/model.ts'
import { checkProviderOptions } from './check-provider-options.ts'
import { parseModelName } from './model-name.ts'
import type { OpenModelOptions } from './provider.ts'
import { providers } from './providers/providers.ts'

/**
 * Opens the model of a name `provider:model`: bare, one attempt per call; see `equipModel` for journal, retries, limits and accounting.
 * Nothing is sent yet. Throws a LeapError: `MODEL_NAME_INVALID`, `MODEL_PROVIDER_UNKNOWN`, `MODEL_KEY_MISSING`, `MODEL_BASE_URL`, `MODEL_OPTION_UNKNOWN`,
 * or as `readModelFolder` for `local:`.
 */
export async function openModel(spec: string, options: OpenModelOptions): Promise<ChatModel> {
  const { provider, model, baseUrl } = parseModelName(spec)
  const addressed = { ...options, baseUrl: baseUrl ?? options.baseUrl }
  const open = (settings: OpenModelOptions) => providers[provider].open(model, settings)
  await checkProviderOptions(`${provider}:${model}`, addressed, open)
  return open(addressed)
}
