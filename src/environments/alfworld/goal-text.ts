/** What an agent can read out of a task's sentence. The same fields as the engine's structural goal, but from words alone. */
export interface GoalReading {
  kind: 'place' | 'clean' | 'heat' | 'cool' | 'two' | 'look'
  /** Object class, for example `mug`. */
  object: string
  /** Receptacle class; absent for `look`. */
  receptacle?: string
}

const kinds: [RegExp, GoalReading['kind']][] = [
  [/\b(two|both|pair)\b/, 'two'],
  [/lamp\b|\blight\b/, 'look'],
  [/\b(clean|cleaned|wash|washed|rinse|rinsed)\b/, 'clean'],
  [/\b(hot|heat|heated|warm|warmed)\b/, 'heat'],
  [/\b(cool|cooled|cold|chill|chilled)\b/, 'cool'],
]

const functionWords = new Set(
  `a an the some any it them one of and then to in on into onto inside at by with under from for your task is put place get bring take move find look examine inspect
  set leave store lay drop two both pair clean cleaned wash washed rinse rinsed hot heat heated warm warmed cool cooled cold chill chilled light lit using use
  room somewhere there up down away its make sure ends end first up be`.split(/\s+/),
)

/**
 * Reads kind, object class and receptacle class from a task sentence such as `put a clean mug in cabinet.`
 * `receptacleTypes` are the classes listed in the room; needed to tell the object from the receptacle.
 */
export function readGoal(instruction: string, receptacleTypes: ReadonlySet<string>): GoalReading {
  const sentence = instruction.toLowerCase()
  const kind = kinds.find(([pattern]) => pattern.test(sentence))?.[1] ?? 'place'
  const words = (sentence.match(/[a-z]+/g) ?? []).filter((word) => !functionWords.has(word))
  const receptacle = kind === 'look' ? undefined : words.findLast((word) => receptacleTypes.has(word))
  const object = words.find((word) => word !== receptacle && !word.endsWith('lamp')) ?? words[0] ?? ''
  return receptacle === undefined ? { kind, object } : { kind, object, receptacle }
}
