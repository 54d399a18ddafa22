import { LeapError } from '../../contracts/error.ts'
import { nearest } from '../text/nearest.ts'

/**
 * Finds the trajectory that a person means: by its number in the list (from 1), its id, or a part of the id that no other has.
 * Throws a LeapError `TRAJECTORY_UNKNOWN` or `TRAJECTORY_AMBIGUOUS`.
 */
export function selectTrajectory<Entry extends { id: string }>(entries: readonly Entry[], wanted: string): Entry {
  const exact = entries.find(({ id }) => id === wanted)
  if (exact !== undefined) return exact
  if (/^\d{1,9}$/.test(wanted)) {
    const entry = entries[Number(wanted) - 1]
    if (entry !== undefined) return entry
  }
  const holding = entries.filter(({ id }) => id.includes(wanted))
  if (holding.length === 1) return holding[0]!
  if (holding.length > 1) {
    const shown = holding.slice(0, 5).map(({ id }) => `\n    ${id}`)
    const more = holding.length > 5 ? `\n    and ${holding.length - 5} more` : ''
    throw new LeapError({
      code: 'TRAJECTORY_AMBIGUOUS',
      message: `Expected a trajectory that "${wanted}" names alone, found ${holding.length}:${shown.join('')}${more}`,
      remedy: 'Give a longer part of the id, or its number in the list.',
    })
  }
  const meant = nearest(
    wanted,
    entries.map(({ id }) => id),
  )
  throw new LeapError({
    code: 'TRAJECTORY_UNKNOWN',
    message: `Expected the number or a part of the id of one of ${entries.length} trajectories, found "${wanted}".`,
    remedy:
      meant === undefined
        ? 'Leave it out to list them; --phase and --failed narrow the list.'
        : `Did you mean ${meant}?`,
  })
}
