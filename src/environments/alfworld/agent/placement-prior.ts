import type { Belief } from '../belief.ts'
import { typeOf } from '../names.ts'
import type { SearchRule } from './decide.ts'

/** How often an object class was found in a receptacle of a class: the common sense that can be learnt from training games. */
export class PlacementPrior {
  readonly #receptacles = new Map<string, number>()
  readonly #holding = new Map<string, number>()

  /** Counts one room: for every receptacle, the classes of the objects in it. */
  add(room: Iterable<{ receptacle: string; objects: Iterable<string> }>): void {
    for (const { receptacle, objects } of room) {
      const place = typeOf(receptacle)
      this.#receptacles.set(place, (this.#receptacles.get(place) ?? 0) + 1)
      for (const type of new Set([...objects].map(typeOf))) {
        const key = `${type}@${place}`
        this.#holding.set(key, (this.#holding.get(key) ?? 0) + 1)
      }
    }
  }

  /** Probability that one receptacle of the class holds at least one object of the class (add-one smoothed towards 1 in 50). */
  probability(objectType: string, receptacleType: string): number {
    const seen = this.#holding.get(`${objectType}@${receptacleType}`) ?? 0
    return (seen + 0.02) / ((this.#receptacles.get(receptacleType) ?? 0) + 1)
  }

  /** All counts, for a run's records; the same input gives the same object. */
  toJSON(): { receptacles: Record<string, number>; holding: Record<string, number> } {
    return { receptacles: sorted(this.#receptacles), holding: sorted(this.#holding) }
  }

  static fromJSON(data: { receptacles: Record<string, number>; holding: Record<string, number> }): PlacementPrior {
    const prior = new PlacementPrior()
    for (const [key, count] of Object.entries(data.receptacles)) prior.#receptacles.set(key, count)
    for (const [key, count] of Object.entries(data.holding)) prior.#holding.set(key, count)
    return prior
  }
}

/** Looks first where the object is most likely for the number of commands it costs: the agent informed by priors. */
export function informedSearch(prior: PlacementPrior): SearchRule {
  return (belief, unseen, type) => {
    const worth = (place: string) => prior.probability(type, typeOf(place)) / cost(belief, place)
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
function cost(belief: Belief, place: string): number {
  if (belief.here.includes(place)) return 1
  return likelyShut.has(typeOf(place)) ? 2 : 1
}

const likelyShut = new Set(['cabinet', 'drawer', 'fridge', 'microwave', 'safe'])

function sorted(counts: Map<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}
