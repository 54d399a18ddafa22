import type { SearchRule } from '../environments/alfworld/agent/decide.ts'
import type { PlacementPrior } from '../environments/alfworld/agent/placement-prior.ts'
import { searchWorth } from '../environments/alfworld/agent/search-rules.ts'

/**
 * The constrained privileged expert (paper eq. 16 and 17), computed exactly: among places not yet looked into, the one with the largest
 * log pi(a | s) + lambda * log pi(a | h), where pi(. | s) favours the true places by one nat and pi(. | h) is what the informed agent wants, normalised over
 * what is left. lambda = 0 is the privileged expert. A large lambda is the informed agent, except that the truth decides among places that it likes equally.
 */
export function constrainedSearch(prior: PlacementPrior, truePlaces: ReadonlySet<string>, lambda: number): SearchRule {
  return (belief, unseen, type) => {
    const wants = unseen.map((place) => searchWorth(prior, belief, place, type))
    const total = wants.reduce((sum, want) => sum + want, 0)
    const worth = unseen.map((place, index) => Number(truePlaces.has(place)) + lambda * Math.log(wants[index]! / total))
    return unseen[worth.indexOf(Math.max(...worth))]!
  }
}
