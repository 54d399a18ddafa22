import type { Correction } from '../contracts/correction.ts'
import type { CheckPolicies } from './check-policies.ts'

/** What a check has against a correction, in words that its teacher can act on. */
export function describeFinding(
  { action, dropped, checks }: Correction,
  { surpriseLimit }: Pick<CheckPolicies, 'surpriseLimit'>,
): string {
  switch (dropped) {
    case 'unavailable':
      return `"${action}" is not among the candidate actions of that turn`
    case 'leak':
      return `the reason gives away ${list(checks?.leaks)}, which the student had not seen by then`
    case 'mention':
      return `the reason speaks of ${list(checks?.mentions)}, of which the student knows nothing`
    case 'surprise':
      return `the student would hardly come to this from what it has seen (surprise ${checks?.surprise} nats per token, at most ${surpriseLimit})`
    case 'unjustified':
      return `somebody who knows only what the student has seen does not find it justified: ${checks?.because ?? 'no reason given'}`
    default:
      return `it was set aside as ${dropped}`
  }
}

function list(found: readonly string[] = []): string {
  return found.map((text) => `"${text}"`).join(', ')
}
