import { typeOf } from '../names.ts'

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

  /** All counts, sorted by name; the same rooms give the same object. */
  toJSON(): { receptacles: Record<string, number>; holding: Record<string, number> } {
    return { receptacles: sorted(this.#receptacles), holding: sorted(this.#holding) }
  }

  /** The prior whose {@link toJSON} this is. */
  static fromJSON(data: { receptacles: Record<string, number>; holding: Record<string, number> }): PlacementPrior {
    const prior = new PlacementPrior()
    for (const [key, count] of Object.entries(data.receptacles)) prior.#receptacles.set(key, count)
    for (const [key, count] of Object.entries(data.holding)) prior.#holding.set(key, count)
    return prior
  }
}

function sorted(counts: Map<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}
