import type { Belief } from '../belief.ts'
import { typeOf } from '../names.ts'
import type { SearchRule } from './decide.ts'
import type { PlacementPrior } from './placement-prior.ts'

/** How much an agent informed by priors wants to look into a place: the chance to find the class there for each command that looking costs. */
export function searchWorth(prior: PlacementPrior, belief: Belief, place: string, type: string): number {
  return prior.probability(type, typeOf(place)) / commandsToSee(belief, place)
}

/** Looks first where the object is most likely for the number of commands it costs; of equal places, into the first one listed. */
export function informedSearch(prior: PlacementPrior): SearchRule {
  return (belief, unseen, type) => {
    const worth = (place: string) => searchWorth(prior, belief, place, type)
    return unseen.reduce((best, place) => (worth(place) > worth(best) ? place : best))
  }
}

/** Looks into everything in the order in which the room lists it: the systematic agent without common sense. */
export const systematicSearch: SearchRule = (_belief, unseen) => unseen[0]!

/** Looks into what it stands before, then anywhere it has not been: an agent that explores without a plan. `draw` is uniform in [0, 1). */
export function exploringSearch(draw: () => number): SearchRule {
  return (belief, unseen) => {
    const here = unseen.filter((place) => belief.here.includes(place))
    const options = here.length > 0 ? here : unseen
    return options[Math.floor(draw() * options.length)]!
  }
}

/** Commands to see the inside, as far as they are known: doors cost one more. */
function commandsToSee(belief: Belief, place: string): number {
  return likelyShut.has(typeOf(place)) && !belief.here.includes(place) ? 2 : 1
}

const likelyShut = new Set(['cabinet', 'drawer', 'fridge', 'microwave', 'safe'])
