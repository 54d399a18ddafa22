import type { Domain } from '../contracts/domain.ts'
import { LeapError } from '../contracts/error.ts'
import type { Config } from './config.ts'
import { createDemonstrator } from './demonstrate.ts'

/**
 * Finds what a configuration asks of a domain that the domain does not have, before anything is played or written: nothing is left out in silence.
 * Throws a LeapError `DEMONSTRATOR_UNKNOWN`, `LABELLER_MISSING`, `TEACHER_CANNOT_ACT` or `REPLAY_MISSING`.
 */
export function checkDomain({ demonstrations, rollouts, training }: Config, domain: Domain): void {
  if (demonstrations.from === undefined) createDemonstrator(domain, demonstrations.by)
  const { name } = domain.environment
  if (
    demonstrations.from === undefined &&
    demonstrations.by === 'solution' &&
    !domain.explain &&
    !demonstrations.labeller
  )
    throw new LeapError({
      code: 'LABELLER_MISSING',
      message: `demonstrations.by: stored solutions have no reasons, and the domain ${name} cannot explain actions`,
      remedy:
        'Name a model as demonstrations.labeller, give the domain an `explain` function, or let one of its agents demonstrate.',
    })
  if (rollouts.mix.some((beta) => beta > 0) && !domain.teacherPolicy)
    throw new LeapError({
      code: 'TEACHER_CANNOT_ACT',
      message: `rollouts.mix: the teacher of the domain ${name} cannot act itself, so it cannot be mixed into roll-outs`,
      remedy: 'Leave the field out, or give the domain a `teacherPolicy` function.',
    })
  if (training.replayWalks > 0 && !domain.replay)
    throw new LeapError({
      code: 'REPLAY_MISSING',
      message: `training.replayWalks: the domain ${name} has no text of general skills, found ${training.replayWalks} walks asked for`,
      remedy: 'Set it to 0, or give the domain a `replay` function.',
    })
}
