import type { PromptInput, Renderer } from '../../contracts/renderer.ts'

export type { PromptInput } from '../../contracts/renderer.ts'

/** The marker after which the model writes its reason, and the marker after which it writes its action. */
export const reasonMarker = 'REASON:'
export const actionMarker = ' ACTION: '

/**
 * The student's prompt for a small local model: task, observations and actions so far (no earlier reasons, as the paper's E.1.2), the current
 * observation, the candidate actions grouped by shape so that thirty of them cost few tokens, and the task again. What comes before the candidates
 * is a prefix of the next step's prompt, what comes before the task is shared by all that is asked at one moment: training packs on that, decoding keeps its cache.
 */
export function renderCompact({ instruction, history, observation, candidates }: PromptInput): string {
  const first = history[0] ?? { observation, candidates }
  const isRedundant = saysNoMoreThan(first.observation, first.candidates)
  const past = history
    .map((step, index) => `${index === 0 && isRedundant ? '' : `${step.observation}\n`}> ${step.action}\n`)
    .join('')
  const now = history.length === 0 && isRedundant ? '' : `${observation}\n`
  const options = candidates ? `${groupCandidates(candidates)}\n` : ''
  return `${past}${now}${options}[${instruction}]\n${reasonMarker}`
}

/**
 * True if every name in the text is among the candidates' names. A room's opening list of its furniture is left out for that reason: a small network then
 * tells places it has been to from others by whether their names have occurred at all.
 */
function saysNoMoreThan(text: string, candidates: readonly string[] | undefined): boolean {
  const names = text.match(namePattern)
  if (!names || !candidates) return false
  const listed = new Set(candidates.flatMap((candidate) => candidate.match(namePattern) ?? []))
  return names.every((name) => listed.has(name))
}

const namePattern = /[a-z]+ \d+/g

/** The completion that the student is trained to write. */
export function renderCompletion({ reason, action }: { reason: string; action: string }): string {
  return ` ${reason}${actionMarker}${action}\n`
}

/** Candidates that differ only in their first name share a line: `take from desk 1: pen 1, mug 2`. */
export function groupCandidates(candidates: readonly string[]): string {
  const groups = new Map<string, string[]>()
  for (const candidate of candidates) {
    const match = candidate.match(/^(.*?)([a-z]+ \d+)(.*)$/)
    const shape = match ? `${match[1]!.trimEnd()}${match[3]}` : ''
    const group = groups.get(shape) ?? []
    groups.set(shape, group)
    group.push(match ? match[2]! : candidate)
  }
  return [...groups].map(([shape, names]) => (shape ? `${shape}: ${names.join(', ')}` : names.join(', '))).join('\n')
}

/** The prompt format of small students. */
export const compactRenderer: Renderer = { prompt: renderCompact, completion: renderCompletion }
