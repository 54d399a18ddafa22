import { canonicalJson } from '../support/canonical-json.ts'
import { hashText } from '../support/hash.ts'

/** The hash of each input of a phase by itself, so that a change can be named. Throws a TypeError for what JSON cannot hold. */
export function hashInputs(inputs: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(inputs).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries.map(([name, value]) => [name, hashText([canonicalJson(value)])]))
}
