/** A command of the household language, taken apart. Covers both text versions (`move X to Y`, `put X in/on Y`). */
export type Command =
  | { verb: 'go' | 'open' | 'close' | 'use' | 'examine'; target: string }
  | { verb: 'take' | 'put' | 'clean' | 'heat' | 'cool' | 'slice'; object: string; target: string }
  | { verb: 'look' | 'inventory' | 'help' }
  | { verb: 'unknown' }

const name = '([a-z]+ \\d+)'
const shapes: [RegExp, (match: RegExpMatchArray) => Command][] = [
  [new RegExp(`^go to ${name}$`), (m) => ({ verb: 'go', target: m[1]! })],
  [new RegExp(`^(open|close|use|examine) ${name}$`), (m) => ({ verb: m[1] as 'open', target: m[2]! })],
  [new RegExp(`^take ${name} from ${name}$`), (m) => ({ verb: 'take', object: m[1]!, target: m[2]! })],
  [
    new RegExp(`^(?:move ${name} to|put ${name} in/on) ${name}$`),
    (m) => ({ verb: 'put', object: (m[1] ?? m[2])!, target: m[3]! }),
  ],
  [
    new RegExp(`^(clean|heat|cool|slice) ${name} with ${name}$`),
    (m) => ({ verb: m[1] as 'clean', object: m[2]!, target: m[3]! }),
  ],
  [/^(look|inventory|help)$/, (m) => ({ verb: m[1] as 'look' })],
]

/** Parses one command; anything else is `unknown`. Never throws. */
export function parseCommand(text: string): Command {
  for (const [shape, build] of shapes) {
    const match = text.match(shape)
    if (match) return build(match)
  }
  return { verb: 'unknown' }
}
