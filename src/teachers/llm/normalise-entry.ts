/** One entry of a teacher's answer in the fields that matter, whatever the model called them. */
export interface AnswerEntry {
  /** As the model numbered it; undefined where it did not. */
  timestep?: number
  /** What the model believes the student did: shows which step the entry is about. */
  original?: string
  reason?: string
  action?: string
  /** False: the model leaves the step as it was. */
  isCorrected?: boolean
}

const timestepKeys = ['timestep', 'time', 'step', 'stepindex', 'timestepindex', 'index', 'idx', 't', 'id', 'turn']
const originalKeys = ['originalaction', 'studentaction', 'oldaction', 'actionoriginal']
const reasonKeys = [
  'correctedreason',
  'improvedreason',
  'newreason',
  'reasoncorrected',
  'reason',
  'reasoning',
  'thought',
  'rationale',
]
const actionKeys = [
  'correctedaction',
  'improvedaction',
  'newaction',
  'actioncorrected',
  'action',
  'command',
  'correctedcommand',
]
const correctedKeys = ['iscorrected', 'corrected', 'wascorrected', 'needscorrection']

/** Reads an entry; undefined if it is nothing of the kind. Nested objects (`{"timestep": 0, "corrected": {"reason": ...}}`) are opened. */
export function normaliseEntry(value: unknown): AnswerEntry | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const fields = new Map<string, unknown>()
  const collect = (record: object, depth: number) => {
    for (const [name, inner] of Object.entries(record)) {
      const key = name.toLowerCase().replaceAll(/[^a-z]/g, '')
      if (typeof inner === 'object' && inner !== null && !Array.isArray(inner) && depth === 0) collect(inner, 1)
      else if (!fields.has(key)) fields.set(key, inner)
    }
  }
  collect(value, 0)
  const pick = (keys: readonly string[]) => keys.map((key) => fields.get(key)).find((found) => found !== undefined)
  const timestep = readInteger(pick(timestepKeys))
  const original = readText(pick(originalKeys))
  const reason = readText(pick(reasonKeys))
  const action = readAction(pick(actionKeys))
  const isCorrected = readTruth(pick(correctedKeys))
  if (reason === undefined && action === undefined && isCorrected === undefined) return undefined
  return {
    ...(timestep === undefined ? {} : { timestep }),
    ...(original === undefined ? {} : { original }),
    ...(reason === undefined ? {} : { reason }),
    ...(action === undefined ? {} : { action }),
    ...(isCorrected === undefined ? {} : { isCorrected }),
  }
}

function readInteger(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined
  const digits = typeof value === 'string' ? /^\D{0,12}(\d+)\.?$/.exec(value.trim())?.[1] : undefined
  return digits === undefined ? undefined : Number(digits)
}

/** Lists are what some models make of several sentences. */
function readText(value: unknown): string | undefined {
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string'))
    return value.join(' ')
  return typeof value === 'string' ? value.trim().replaceAll(/\s*\n\s*/g, ' ') : undefined
}

/** Line breaks of a command or program are part of it. */
function readAction(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim() : readText(value)
}

function readTruth(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return undefined
  const word = value.trim().toLowerCase()
  return ['true', 'yes', '1'].includes(word) ? true : ['false', 'no', '0'].includes(word) ? false : undefined
}
