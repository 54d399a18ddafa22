/** The parts of a message that a human or an environment sent to an agent. */
export interface ObservedText {
  text: string
  candidates?: string[]
}

/** Takes AgentGym's list of possible actions off the end of a message. */
export function splitCandidates(message: string): ObservedText {
  const match = /\n*AVAILABLE ACTIONS:\s*([\s\S]*)$/.exec(message)
  if (!match) return { text: message.trim() }
  const candidates = match[1]!.split(',').map((action) => action.trim())
  return { text: message.slice(0, match.index).trim(), candidates: candidates.filter((action) => action !== '').sort() }
}

/** How the domains say what is to be done, and what of it belongs to the observation. */
const tasks = [
  { pattern: /^[ \t]*Your task is to:[ \t]*(.+?)[ \t]*$/m, isCut: true },
  { pattern: /Instruction:\s*(?:\[SEP\]\s*)?(.+?)\s*(?:\[SEP\]|\n|$)/, isCut: false },
  { pattern: /^[ \t]*(?:Task|Query|Question):[ \t]*(.+?)[ \t]*$/m, isCut: false },
]

/** The task in the first message of an episode, and the message as an observation; the whole message is the task where none is marked. */
export function splitTask(message: string): { instruction: string; observation: string } {
  for (const { pattern, isCut } of tasks) {
    const match = pattern.exec(message)
    if (!match) continue
    const rest = isCut ? (message.slice(0, match.index) + message.slice(match.index + match[0].length)).trim() : message
    return { instruction: match[1]!, observation: rest === '' ? message : rest }
  }
  return { instruction: message.trim(), observation: message.trim() }
}

/** Reason and action of an answer `Thought: ... Action: ...`; undefined without an action. Without a thought the reason is empty. */
export function splitAnswer(message: string): { reason: string; action: string } | undefined {
  const match = /^\s*(?:(?:Thought|THOUGHT|Reason|REASON)\s*:\s*)?([\s\S]*?)\s*(?:Action|ACTION)\s*:\s*([\s\S]*)$/.exec(
    message,
  )
  const action = match?.[2]?.trim()
  if (!match || !action) return undefined
  return { reason: match[1]!.replaceAll(/\s*\n\s*/g, ' ').trim(), action }
}
