/** `search[<search query>]`: a verb whose argument an agent makes up itself, told by a placeholder of two or more words in its place. */
const openForm = /^([^[\]<>]+\[)<[a-z]+(?: [a-z]+)+>\]$/

/** The beginning of a candidate that leaves its argument to the agent (`search[`), or undefined for one that is an action as it stands. */
export function openingOf(candidate: string): string | undefined {
  return openForm.exec(candidate)?.[1]
}

/** True if an action is one of the candidates, or fills in one that leaves its argument to the agent. */
export function isCandidate(action: string, candidates: readonly string[]): boolean {
  if (candidates.includes(action)) return openingOf(action) === undefined
  return candidates.some((candidate) => {
    const opening = openingOf(candidate)
    return (
      opening !== undefined && action.startsWith(opening) && action.endsWith(']') && action.length > opening.length + 1
    )
  })
}
