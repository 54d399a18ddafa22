/** What a person can type besides actions. */
export const handCommands = {
  '?': 'list the possible actions with numbers; type a number to do it',
  ':hint': 'ask the planner or teacher for the next action (it sees the hidden state)',
  ':privilege': 'show the hidden state that only a teacher may see',
  ':undo': 'take the last action back',
  ':help': 'show this list',
  ':quit': 'leave (also Ctrl-D)',
} as const

export type HandCommand = keyof typeof handCommands

/** What a typed line means: nothing, a command, the number of a listed action, or an action in words. */
export type TypedLine =
  | { kind: 'empty' }
  | { kind: 'command'; command: HandCommand }
  | { kind: 'unknown-command'; text: string }
  | { kind: 'number'; index: number }
  | { kind: 'action'; action: string }

/** Reads one line. Never throws. A colon command may be shortened as long as it is unmistakable. */
export function readTypedLine(line: string): TypedLine {
  if (line === '') return { kind: 'empty' }
  if (line === '?') return { kind: 'command', command: '?' }
  if (line.startsWith(':')) {
    const names = Object.keys(handCommands) as HandCommand[]
    const matches = line.length > 1 ? names.filter((name) => name.startsWith(line.toLowerCase())) : []
    return matches.length === 1 ? { kind: 'command', command: matches[0]! } : { kind: 'unknown-command', text: line }
  }
  if (/^\d{1,6}$/.test(line)) return { kind: 'number', index: Number(line) - 1 }
  return { kind: 'action', action: line }
}
