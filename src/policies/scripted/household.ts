import type { Policy } from '../../contracts/policy.ts'
import { believe } from '../../environments/alfworld/agent/believe.ts'
import { decide, type SearchRule } from '../../environments/alfworld/agent/decide.ts'
import { explain } from '../../environments/alfworld/agent/explain.ts'
import type { PlacementPrior } from '../../environments/alfworld/agent/placement-prior.ts'
import { exploringSearch, informedSearch, systematicSearch } from '../../environments/alfworld/agent/search-rules.ts'
import { createRandom } from '../../support/random.ts'

/** An agent without privilege, network or key: memory, sub-goals and a search rule. */
export function createHouseholdAgent({ name, rule }: { name: string; rule: (seed: number) => SearchRule }): Policy {
  return {
    name,
    async act({ instruction, history, observation, candidates = [], seed }) {
      const belief = believe(instruction, history, { observation, candidates })
      const { action } = decide(belief, rule(seed))
      return { reason: explain(belief, action), action }
    },
  }
}

/** Searches in the order in which the room lists its furniture: the teacher without privilege. */
export const createSystematicAgent = (): Policy =>
  createHouseholdAgent({ name: 'systematic', rule: () => systematicSearch })

/** Looks wherever it has not been, in no order. */
export const createExploringAgent = (): Policy =>
  createHouseholdAgent({ name: 'explorer', rule: (seed) => exploringSearch(createRandom(seed, 'explore').next) })

/** Searches likely places first, by counts over training games. */
export const createInformedAgent = (prior: PlacementPrior): Policy =>
  createHouseholdAgent({ name: 'informed', rule: () => informedSearch(prior) })
