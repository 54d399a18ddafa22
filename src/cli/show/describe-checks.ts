import type { Correction } from '../../contracts/correction.ts'

/** What the checks found, and why a correction is kept out of the training data: one short sentence each. Empty = nothing to remark. */
export function describeChecks({ checks, dropped, rewritten }: Correction): string[] {
  const remarks: string[] = []
  if (rewritten)
    remarks.push(`written again for ${rewritten.cause}; the first version: "${rewritten.reason}" ${rewritten.action}`)
  if (checks?.available === false) remarks.push('the corrected action is not possible here')
  if (checks?.leaks?.length) remarks.push(`gives away what the student has not seen: ${quoted(checks.leaks)}`)
  if (checks?.mentions?.length) remarks.push(`speaks of what it cannot know: ${quoted(checks.mentions)}`)
  if (checks?.justified === false)
    remarks.push(`a judge without privilege does not find it justified${checks.because ? `: ${checks.because}` : ''}`)
  if (checks?.surprise !== undefined)
    remarks.push(`surprise under the student ${checks.surprise.toFixed(2)} nats per token`)
  if (dropped !== undefined) remarks.push(`dropped: ${dropped}`)
  return remarks
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => `"${text}"`).join(', ')
}
