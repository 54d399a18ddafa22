import { parseDocument } from 'yaml'
import { LeapError } from '../contracts/error.ts'

/**
 * Sets one field, `dotted.field=value` with the value as YAML, and returns its path. Objects on the way are made where there are none.
 * Throws a LeapError `CONFIG_INVALID` if the override cannot be read; whether such a field exists is not its business.
 */
export function overrideConfig(target: Record<string, unknown>, override: string): string[] {
  const equals = override.indexOf('=')
  const path = override.slice(0, Math.max(0, equals)).split('.')
  if (path.some((field) => field === '' || field === '__proto__'))
    throw invalid(`expected field=value with a dotted field, found "${override}"`)
  const document = parseDocument(override.slice(equals + 1))
  if (document.errors[0]) throw invalid(`"${override}": ${document.errors[0].message.split('\n', 1)[0]}`)
  let place = target
  for (const field of path.slice(0, -1)) {
    const inner = Object.hasOwn(place, field) ? place[field] : undefined
    place = place[field] = isRecord(inner) ? inner : {}
  }
  place[path.at(-1)!] = document.toJS()
  return path
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(message: string): LeapError {
  return new LeapError({
    code: 'CONFIG_INVALID',
    message: `--set: ${message}`,
    remedy: 'For example: --set rollouts.games=200 --set rollouts.mix=[0.5,0]',
  })
}
