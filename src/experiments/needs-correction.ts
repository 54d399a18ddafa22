import type { Trajectory } from '../contracts/trajectory.ts'
import type { Config } from './config.ts'

/** Which trajectories the teacher is asked about: failures (the paper), or all that were played to an end; up to a score where LEAP's released code has one. */
export function needsCorrection(
  { outcome, score }: Pick<Trajectory, 'outcome' | 'score'>,
  { on, scoreAtMost = 1 }: Pick<Config['corrections'], 'on' | 'scoreAtMost'>,
): boolean {
  return score <= scoreAtMost && (outcome === 'failure' || (on === 'all' && outcome === 'success'))
}
