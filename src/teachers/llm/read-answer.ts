import { type AnswerEntry, normaliseEntry } from './normalise-entry.ts'
import { parseJsonAnswer } from './parse-json-answer.ts'

/** The steps that were asked about. */
export interface AskedStep {
  /** Index in the trajectory. */
  index: number
  /** What the student did there. */
  action: string
}

export interface ReadStep {
  reason: string
  action: string
}

export interface ReadAnswer {
  /** What could be read, by step. */
  steps: Map<number, ReadStep>
  /** Steps that the teacher leaves as they are (`is_corrected: false`). */
  left: Set<number>
  /** What is wrong with the others, one line each, in words that a model can act on. */
  problems: string[]
  summary?: string
}

/**
 * Reads a teacher's answer for some steps of a trajectory: every asked step ends up in `steps`, or in the problems. An answer that numbers its entries is read by
 * number, in any order, from 0 or from 1, and also if it counts from the beginning of the window; one that does not is read in order if it has as many entries as were asked for.
 * An entry that names another original action than the student's is about another step, and is not used.
 */
export function readAnswer(text: string, asked: readonly AskedStep[], options: { isCut?: boolean } = {}): ReadAnswer {
  const parsed = parseJsonAnswer(text)
  if ('problem' in parsed) return { steps: new Map(), left: new Set(), problems: [parsed.problem] }
  const found = entriesOf(parsed.value)
  const summary = summaryOf(parsed.value)
  // Repair closes what was cut off, so the last entry may be half an entry.
  const isCut = parsed.cut || (options.isCut ?? false)
  const entries = isCut ? found.slice(0, -1) : found
  const { placed, problems } = place(entries, asked)
  if (isCut) problems.push('the answer breaks off before its end')
  if (found.length === 0) problems.push('the answer has no entries with a corrected reason and action')
  const steps = new Map<number, ReadStep>()
  const left = new Set<number>()
  for (const step of asked) {
    const entry = placed.get(step.index)
    // "Not corrected" means the student's own step, whatever else the entry holds.
    if (entry?.isCorrected === false) {
      left.add(step.index)
      continue
    }
    const read = entry === undefined ? undefined : complete(entry)
    if (read !== undefined && 'problem' in read) problems.push(`timestep ${step.index}: ${read.problem}`)
    else if (read !== undefined) steps.set(step.index, read)
    else if (!problems.some((problem) => problem.startsWith(`timestep ${step.index}:`)))
      problems.push(`timestep ${step.index}: there is no entry for it`)
  }
  return { steps, left, problems, ...(summary === undefined ? {} : { summary }) }
}

function entriesOf(value: unknown, depth = 0): AnswerEntry[] {
  if (Array.isArray(value)) {
    const own = value.flatMap((item) => normaliseEntry(item) ?? [])
    return own.length > 0 || depth > 2 ? own : value.flatMap((item) => entriesOf(item, depth + 1))
  }
  if (typeof value !== 'object' || value === null) return []
  const record = value as Record<string, unknown>
  const lists = Object.values(record).filter(Array.isArray)
  for (const list of lists) {
    const entries = entriesOf(list, depth + 1)
    if (entries.length > 0) return entries
  }
  // {"0": {...}, "1": {...}}, possibly below one more name.
  const numbered = Object.entries(record).filter(([name]) => /\d+$/.test(name))
  const byNumber = numbered.flatMap(([name, inner]) => {
    const entry = normaliseEntry(inner)
    return entry ? [{ timestep: Number(/\d+$/.exec(name)![0]), ...entry }] : []
  })
  if (byNumber.length > 0) return byNumber
  const single = normaliseEntry(value)
  if (single?.reason !== undefined || single?.action !== undefined) return [single]
  return depth < 2 ? Object.values(record).flatMap((inner) => entriesOf(inner, depth + 1)) : []
}

function summaryOf(value: unknown): string | undefined {
  const summary = typeof value === 'object' && value !== null && 'summary' in value ? value.summary : undefined
  return typeof summary === 'string' && summary.trim() !== '' ? summary.trim() : undefined
}

/** Which entry belongs to which step. */
function place(entries: readonly AnswerEntry[], asked: readonly AskedStep[]) {
  const problems: string[] = []
  const placed = new Map<number, AnswerEntry>()
  const disputed = new Set<number>()
  const byIndex = new Map(asked.map((step) => [step.index, step]))
  const numbers = entries.map(({ timestep }) => timestep)
  const isNumbered = numbers.length > 0 && numbers.every((number) => number !== undefined)
  if (!isNumbered) {
    if (entries.length !== asked.length) {
      problems.push(
        `the answer has ${entries.length} entries, ${entries.every(({ timestep }) => timestep === undefined) ? 'none' : 'not all'} with a timestep, where ${asked.length} were asked for`,
      )
      return { placed, problems }
    }
    for (const [position, entry] of entries.entries()) put(asked[position]!, entry)
    return { placed, problems }
  }
  const shift = shiftOf(numbers as number[], entries, asked)
  for (const entry of entries) {
    const index = entry.timestep! + shift
    const step = byIndex.get(index)
    // Entries for steps that were not asked about do no harm.
    if (step) put(step, entry)
  }
  return { placed, problems }

  function put(step: AskedStep, entry: AnswerEntry) {
    if (!isAbout(entry, step)) {
      problems.push(
        `timestep ${step.index}: its original_action is "${entry.original}", but the student's action there was "${step.action}"`,
      )
      return
    }
    const before = placed.get(step.index)
    if (disputed.has(step.index)) return
    if (before === undefined) placed.set(step.index, entry)
    else if (before.reason !== entry.reason || before.action !== entry.action) {
      placed.delete(step.index)
      disputed.add(step.index)
      problems.push(`timestep ${step.index}: there are two different entries for it`)
    }
  }
}

/** What must be added to the answer's numbers: 0, -1 where it counts from 1, or the start of the window where it counts from the window's beginning. */
function shiftOf(numbers: readonly number[], entries: readonly AnswerEntry[], asked: readonly AskedStep[]): number {
  const first = asked[0]!.index
  const wanted = new Set(asked.map(({ index }) => index))
  const byIndex = new Map(asked.map((step) => [step.index, step]))
  const fitness = (shift: number) => {
    const inRange = numbers.filter((number) => wanted.has(number + shift)).length
    const named = entries.filter((entry, position) => {
      const step = byIndex.get(numbers[position]! + shift)
      return step !== undefined && entry.original !== undefined && isAbout(entry, step)
    }).length
    return inRange + named
  }
  // As written unless another reading explains more.
  return [0, -1, first, first - 1].reduce((best, shift) => (fitness(shift) > fitness(best) ? shift : best), 0)
}

function isAbout({ original }: AnswerEntry, { action }: AskedStep): boolean {
  return original === undefined || normal(original) === normal(action)
}

function normal(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
}

function complete({ reason, action }: AnswerEntry): ReadStep | { problem: string } {
  if (!reason) return { problem: 'corrected_reason is missing or empty' }
  if (!action) return { problem: 'corrected_action is missing or empty' }
  return { reason, action }
}
