import type { Domain } from '../../contracts/domain.ts'
import type { Environment } from '../../contracts/environment.ts'
import { createToyEnvironment } from '../../execution/testing/toy-environment.ts'
import { scriptedPolicy } from '../../execution/testing/toy-policies.ts'

/** The toy search domain with a plan in its privileged state, an agent that wins and one that does not. */
export function createToyDomain(): Domain & { environment: Environment & { opened: number; closed: number } } {
  const environment = createToyEnvironment({ count: 4, boxes: 3 })
  const open = environment.open
  environment.open = async (task) => {
    const episode = await open(task)
    return {
      ...episode,
      async privilegedState() {
        const state = await episode.privilegedState()
        const box = state.data.box
        return {
          ...state,
          data: { ...state.data, optimalActions: [`go to box ${box}`, `take ball 1 from box ${box}`] },
        }
      },
    }
  }
  return {
    environment,
    teacher: () => {
      throw new Error('the toy domain has no teacher')
    },
    baselines: () => [
      scriptedPolicy('sweeper', ({ history, candidates = [] }) => {
        const take = candidates.find((action) => action.startsWith('take'))
        return take ?? `go to box ${history.length % 3}`
      }),
      scriptedPolicy('idler', () => 'dance'),
    ],
  }
}
