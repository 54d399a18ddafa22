import type { Correction } from '../../contracts/correction.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'

/** One record of somebody else's data as Leap has it. */
export interface ImportedEpisode {
  trajectory: Trajectory
  /** Where the data hold a teacher's rewrites beside the student's own steps. */
  corrections: Correction[]
}

/** A format that can be imported. A new one is one file and one entry in `import-formats.ts`. */
export interface ImportFormat {
  summary: string
  /** True if this record looks like one of this format. */
  recognises(record: unknown): boolean
  /**
   * Reads one record. `place` names it in errors and stands in where it has no id of its own; `environment` is what the user said the data are of.
   * Throws a LeapError `IMPORT_INVALID` that says what was expected and found.
   */
  read(record: unknown, options: { place: string; environment?: string }): ImportedEpisode
}

/** The id that an imported trajectory gets: that of a demonstration, since this is what it will be. */
export function importedId(task: string): string {
  return `demonstrations/${task}#0`
}
