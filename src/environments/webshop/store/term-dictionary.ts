/** The terms of a store, found by bisection. */
export class TermDictionary {
  readonly #bytes: Buffer
  readonly #places: Uint32Array

  /** @param places start of each term in `bytes`, and the end of the last */
  constructor(bytes: Buffer, places: Uint32Array) {
    this.#bytes = bytes
    this.#places = places
  }

  /** The term's number, or undefined. */
  find(term: string): number | undefined {
    let low = 0
    let high = this.#places.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      const text = this.#bytes.toString('utf8', this.#places[middle]!, this.#places[middle + 1]!)
      if (text === term) return middle
      // The order of segments: UTF-16 units.
      if (text < term) low = middle + 1
      else high = middle
    }
    return undefined
  }
}
