import { isCandidate } from '../contracts/candidates.ts'

/**
 * The candidate that a model means: differences of case, white space, quotes around it, a label before it and a full stop behind it do not count.
 * What is no candidate even so is returned as it was written, trimmed: the checks will say that it is not available.
 */
export function matchCandidate(written: string, candidates: readonly string[] | undefined): string {
  const trimmed = written.trim()
  if (candidates === undefined || isCandidate(trimmed, candidates)) return trimmed
  const wanted = plain(trimmed)
  return candidates.find((candidate) => plain(candidate) === wanted) ?? trimmed
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/^\s*(?:\d+[.)]\s+|[-*]\s+|(?:action|command)\s*:\s*)/, '')
    .replaceAll(/["'`]+/g, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/[.\s]+$/, '')
    .trim()
}
