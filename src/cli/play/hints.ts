import type { Domain } from '../../contracts/domain.ts'
import type { Episode, Observation } from '../../contracts/environment.ts'
import type { PastStep } from '../../contracts/policy.ts'
import { nextPlannedAction } from './next-planned-action.ts'

/** What somebody who sees the hidden state would do next; undefined where nobody knows. */
export type Advise = (
  episode: Episode,
  history: readonly PastStep[],
  observation: Observation,
) => Promise<string | undefined>

/** Hints of a domain: the plan in its privileged state, or what its teacher would do. */
export function hintsOf(domain: Domain, seed: number): Advise {
  const teacher = domain.teacherPolicy?.({ level: 3, lambda: 1 })
  return async (episode, history, { text, candidates }) => {
    const { task, instruction } = episode
    const privileged = await episode.privilegedState()
    const planned = nextPlannedAction(privileged)
    if (planned !== undefined || teacher === undefined) return planned
    const { action } = await teacher.act({
      ...{ task, instruction, history, observation: text, session: 'hint', seed, privileged },
      ...(candidates === undefined ? {} : { candidates }),
    })
    teacher.forget?.('hint')
    return action
  }
}
