import { LeapError } from '../../contracts/error.ts'
import { findVariable } from '../keys/find-key.ts'
import { redactKeys } from '../keys/redact.ts'
import type { OpenModelOptions } from '../provider.ts'

/**
 * The address of a provider's API: the one given, or of the variable `<PROVIDER>_BASE_URL`, or the provider's own. No slash at its end.
 * Throws a LeapError `MODEL_BASE_URL` if there is none, if it is no http address, or if it holds a password.
 */
export function findBaseUrl(
  provider: string,
  { env, baseUrl }: Pick<OpenModelOptions, 'env' | 'baseUrl'>,
  own?: string,
): string {
  const variable = `${provider.toUpperCase().replaceAll('-', '_')}_BASE_URL`
  const address = baseUrl ?? findVariable(env, [variable]) ?? own
  const found = describeFault(address)
  if (address !== undefined && found === undefined) return address.replace(/\/+$/, '')
  throw new LeapError({
    code: 'MODEL_BASE_URL',
    message: `${provider}: expected the address of a server, found ${found}`,
    remedy: `Write it behind the model's name (${provider}:<model>@http://localhost:8000/v1), as the base URL in the configuration, or into ${variable}.`,
  })
}

function describeFault(address: string | undefined): string | undefined {
  if (address === undefined) return 'none'
  const shown = JSON.stringify(redactKeys(address, []))
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) return shown
  const { username, password } = new URL(address)
  return username || password ? `${shown}, which holds a name or password: set the provider's key instead` : undefined
}
