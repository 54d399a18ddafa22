import { LeapError } from '../../contracts/error.ts'
import type { Environment } from './read-environment.ts'

/** The first of these variables that is set and not blank. */
export function findVariable(env: Environment, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = env[name]?.trim()
    if (value) return value
  }
  return undefined
}

/** A provider's key. Throws a LeapError `MODEL_KEY_MISSING` naming the variables that were looked for. */
export function requireKey(env: Environment, provider: string, names: readonly string[]): string {
  const key = findVariable(env, names)
  if (key !== undefined) return key
  throw new LeapError({
    code: 'MODEL_KEY_MISSING',
    message: `${provider}: expected a key in ${names.join(' or ')}, found none in the environment or in .env`,
    remedy: `Set ${names[0]} in the environment, or put a line ${names[0]}=... into a file .env in the folder that leap runs in.`,
  })
}
