/** Something that is not as recorded. */
export interface Difference {
  /** File and line, or game. */
  readonly where: string
  /** What was compared: `observation after "look"`. */
  readonly what: string
  readonly expected: string
  readonly found: string
}

/** Collects differences: counts all of them and prints the first few. */
export class DifferenceLog {
  readonly #print: (line: string) => void
  readonly #limit: number
  count = 0

  constructor(print: (line: string) => void, limit: number) {
    this.#print = print
    this.#limit = limit
  }

  add({ where, what, expected, found }: Difference): void {
    this.count++
    if (this.count > this.#limit) return
    this.#print(`${where}: ${what} differs`)
    this.#print(`  expected ${expected}`)
    this.#print(`  found    ${found}`)
    if (this.count === this.#limit) this.#print('  (further differences are counted only)')
  }
}
