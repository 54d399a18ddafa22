import { z } from 'zod'
import { parseModelName } from '../models/model-name.ts'

/** Providers whose models are Leap's own: there is nobody to pass an option on to. */
const withoutOptions: readonly string[] = ['local', 'leap']
/** What a configuration must not hold: it is written into the run. */
const keyLike = /(?:api|access|secret|auth).?(?:key|token)|authorization|password|bearer/i

/**
 * What is passed on to providers in their own words, by `provider:model` or `provider:*` (the former comes before the latter): for example
 * `{ openai:gpt-5: { reasoningEffort: low } }`. It shapes the answers, so it belongs to what a run is determined by.
 */
export const providerOptionsSchema = z
  .record(z.string(), z.record(z.string(), z.unknown()))
  .superRefine((table, context) => {
    for (const [name, options] of Object.entries(table)) {
      const problem = problemOf(name) ?? keyIn(options)
      if (problem !== undefined) context.addIssue({ code: 'custom', path: [name], message: problem })
    }
  })
export type ProviderOptions = z.infer<typeof providerOptionsSchema>

/** The options of a model by its name (`provider:model`, an address behind it does not count); nothing where there are none. */
export function findProviderOptions(
  table: ProviderOptions | undefined,
  spec: string,
): Record<string, unknown> | undefined {
  const { provider, model } = parseModelName(spec)
  const found = { ...table?.[`${provider}:*`], ...table?.[`${provider}:${model}`] }
  return Object.keys(found).length === 0 ? undefined : found
}

function problemOf(name: string): string | undefined {
  try {
    const { provider, baseUrl } = parseModelName(name)
    if (baseUrl !== undefined) return "expected a model's name without the address of its server"
    return withoutOptions.includes(provider) ? `expected another provider, as ${provider} takes no options` : undefined
  } catch (error) {
    return (error as Error).message.split('\n', 1)[0]!.replace(/, found .*$/, '')
  }
}

function keyIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    if (keyLike.test(name))
      return `expected no "${name}" (keys come from the environment or .env and are written nowhere)`
    const found = keyIn(inner)
    if (found !== undefined) return found
  }
  return undefined
}
