import type { SearchRule } from '../environments/alfworld/agent/decide.ts'
import type { PlacementPrior } from '../environments/alfworld/agent/placement-prior.ts'
import { typeOf } from '../environments/alfworld/names.ts'

/**
 * The constrained privileged expert (paper eq. 16 and 17), computed exactly: among places not yet looked into, the one with the
 * largest log pi(a | s) + lambda * log pi(a | h), where pi(. | s) favours the true places by one nat and pi(. | h) is the prior renormalised over what is left.
 * lambda = 0 is the privileged expert, lambda -> infinity the informed agent.
 */
export function constrainedSearch(prior: PlacementPrior, truePlaces: ReadonlySet<string>, lambda: number): SearchRule {
  return (_belief, unseen, type) => {
    const chances = unseen.map((place) => prior.probability(type, typeOf(place)))
    const total = chances.reduce((sum, chance) => sum + chance, 0)
    const worth = unseen.map(
      (place, index) => Number(truePlaces.has(place)) + lambda * Math.log(chances[index]! / total),
    )
    return unseen[worth.indexOf(Math.max(...worth))]!
  }
}
