import type { Policy, PolicyRequest } from '../../contracts/policy.ts'
import { createRandom } from '../../support/random.ts'

/** A policy made of a function, for tests. */
export function scriptedPolicy(name: string, decide: (request: PolicyRequest) => string | Promise<string>): Policy {
  return {
    name,
    async act(request) {
      const action = await decide(request)
      return { reason: `I choose to ${action}.`, action, tokens: { prompt: 10, completion: 5 } }
    },
  }
}

/** Chooses uniformly among the candidates, from the decision's own seed: shows whether results depend on order. */
export function randomPolicy(name = 'random'): Policy {
  return scriptedPolicy(name, ({ candidates = ['look'], seed }) => createRandom(seed).choice(candidates))
}

/** Takes the ball if it lies there, else opens the boxes in order: wins every toy task. */
export function searchingPolicy(name = 'search'): Policy {
  return scriptedPolicy(name, ({ candidates = [], history }) => {
    const visited = new Set(history.map((step) => step.action))
    return (
      candidates.find((action) => action.startsWith('take ')) ??
      candidates.find((action) => !visited.has(action)) ??
      'look'
    )
  })
}

/** Sees the hidden state and goes straight to the ball. */
export function privilegedPolicy(name = 'privileged'): Policy {
  return {
    name,
    needsPrivilege: true,
    async act({ privileged, candidates = [] }) {
      const action =
        candidates.find((candidate) => candidate.startsWith('take ')) ?? `go to box ${privileged?.data.box}`
      return { reason: `I choose to ${action}.`, action }
    },
  }
}
