import { readFileSync } from 'node:fs'

/** The version in package.json, which stands two folders above this file in the sources and in the built package alike. */
export function leapVersion(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version
}
