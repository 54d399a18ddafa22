/** Keeps the best of many scored documents: higher score first, then lower order. */
export class Ranking {
  readonly #limit: number
  readonly #documents: Uint32Array
  readonly #scores: Float64Array
  readonly #orderOf: (document: number) => number
  #size = 0

  constructor(limit: number, orderOf: (document: number) => number) {
    this.#limit = limit
    this.#documents = new Uint32Array(limit)
    this.#scores = new Float64Array(limit)
    this.#orderOf = orderOf
  }

  /** A document with a lower score than this is not among the best; one with exactly this score may be. */
  get threshold(): number {
    return this.#size < this.#limit ? -1 : this.#scores[0]!
  }

  offer(document: number, score: number): void {
    if (this.#size < this.#limit) {
      this.#rise(this.#size++, document, score)
    } else if (this.#limit > 0 && this.#isWorse(this.#documents[0]!, this.#scores[0]!, document, score)) {
      this.#sink(document, score)
    }
  }

  /** Best first. */
  documents(): number[] {
    const places = Array.from({ length: this.#size }, (_, place) => place)
    const compare = (a: number, b: number) =>
      this.#isWorse(this.#documents[a]!, this.#scores[a]!, this.#documents[b]!, this.#scores[b]!) ? 1 : -1
    return places.sort(compare).map((place) => this.#documents[place]!)
  }

  #isWorse(document: number, score: number, than: number, thanScore: number): boolean {
    return score !== thanScore ? score < thanScore : this.#orderOf(document) > this.#orderOf(than)
  }

  /** The heap's top is the worst. */
  #rise(start: number, document: number, score: number): void {
    let place = start
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (!this.#isWorse(document, score, this.#documents[parent]!, this.#scores[parent]!)) break
      this.#documents[place] = this.#documents[parent]!
      this.#scores[place] = this.#scores[parent]!
      place = parent
    }
    this.#documents[place] = document
    this.#scores[place] = score
  }

  #sink(document: number, score: number): void {
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      if (child >= this.#size) break
      const other = child + 1
      if (
        other < this.#size &&
        this.#isWorse(this.#documents[other]!, this.#scores[other]!, this.#documents[child]!, this.#scores[child]!)
      )
        child = other
      if (!this.#isWorse(this.#documents[child]!, this.#scores[child]!, document, score)) break
      this.#documents[place] = this.#documents[child]!
      this.#scores[place] = this.#scores[child]!
      place = child
    }
    this.#documents[place] = document
    this.#scores[place] = score
  }
}
