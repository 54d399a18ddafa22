import type { Provider } from '../provider.ts'
import { anthropicProvider } from './anthropic.ts'
import { googleProvider } from './google.ts'
import { leapProvider } from './leap.ts'
import { localProvider } from './local.ts'
import { openaiProvider } from './openai.ts'
import { openaiCompatibleProvider } from './openai-compatible.ts'

/** The providers there are: a new one is one file and one entry here. The name is the part of a model's name before the colon. */
export const providers = {
  openai: openaiProvider,
  anthropic: anthropicProvider,
  google: googleProvider,
  'openai-compatible': openaiCompatibleProvider,
  leap: leapProvider,
  local: localProvider,
} satisfies Record<string, Provider>

export type ProviderName = keyof typeof providers
