import { z } from 'zod'
import { LeapError } from '../contracts/error.ts'
import { canonicalJson } from '../support/canonical-json.ts'

/** What a run is: everything that determines its result. Written once, when the run is created. */
export const manifestSchema = z.object({
  /** Version of the run directory's layout. */
  format: z.literal(1),
  leapVersion: z.string(),
  nodeVersion: z.string(),
  /** ISO time. */
  createdAt: z.string(),
  /** Every random draw of the run derives from it. Stands before what follows from it, so that a mistaken resume is told of the seed first. */
  seed: z.number().int(),
  environment: z.string(),
  /** Where the games come from, in words: a folder or archive with its hash, or `generated` with its seed. */
  games: z.string(),
  panels: z.array(z.object({ name: z.string(), hash: z.string(), tasks: z.number().int().positive() })),
  /** The validated configuration, as JSON. */
  config: z.record(z.string(), z.unknown()),
})
export type Manifest = z.infer<typeof manifestSchema>

/** Fields that may differ on another day without the run being another run. */
const incidental = ['leapVersion', 'nodeVersion', 'createdAt']

export interface Difference {
  /** Dotted path, for example `config.student.layers`. */
  field: string
  recorded: unknown
  found: unknown
}

/**
 * Compares the manifest of a run with what it is now resumed with. `free` names further fields (dotted paths; a path covers what lies
 * below it) that do not determine the result, such as `config.concurrency`.
 * Throws a LeapError `RUN_MANIFEST_MISMATCH` naming the first field that differs; returns the differences that do not matter.
 */
export function checkManifest(recorded: Manifest, current: Manifest, free: readonly string[] = []): Difference[] {
  const allowed = [...incidental, ...free]
  const harmless: Difference[] = []
  for (const difference of differences(byPanelName(recorded), byPanelName(current), '')) {
    if (allowed.some((field) => difference.field === field || difference.field.startsWith(`${field}.`))) {
      harmless.push(difference)
      continue
    }
    const { field } = difference
    throw new LeapError({
      code: 'RUN_MANIFEST_MISMATCH',
      message: `Expected to resume the run as it was started, but ${field} was ${show(difference.recorded)} and is now ${show(difference.found)}.`,
      remedy: field.startsWith('panels.')
        ? 'The games or their selection changed. Give the original games, or start a new run in another folder.'
        : `Set ${field.replace(/^config\./, '')} back, or start a new run in another folder.`,
    })
  }
  return harmless
}

function byPanelName({ panels, ...rest }: Manifest) {
  return { ...rest, panels: Object.fromEntries(panels.map(({ name, ...panel }) => [name, panel])) }
}

function differences(recorded: unknown, found: unknown, path: string): Difference[] {
  if (isRecord(recorded) && isRecord(found)) {
    const keys = [...new Set([...Object.keys(recorded), ...Object.keys(found)])]
    return keys.flatMap((key) => differences(recorded[key], found[key], path === '' ? key : `${path}.${key}`))
  }
  if (recorded === undefined || found === undefined) {
    return recorded === found ? [] : [{ field: path, recorded, found }]
  }
  return canonicalJson(recorded) === canonicalJson(found) ? [] : [{ field: path, recorded, found }]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function show(value: unknown): string {
  if (value === undefined) return 'absent'
  const text = canonicalJson(value)
  return text.length > 80 ? `${text.slice(0, 80)}...` : text
}
