const size = 624
const period = 397

/**
 * CPython's `random.Random`: the Mersenne Twister (Matsumoto & Nishimura 1998) seeded by an integer, and the draws that WebShop makes.
 * Same seed and same calls, same values as Python 3.
 */
export class PythonRandom {
  readonly #state = new Uint32Array(size)
  #index = size

  /** @param seed a whole number; its sign is ignored, as Python does */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed)) throw new RangeError(`expected a whole number as seed, found ${seed}`)
    const key: number[] = []
    for (let rest = Math.abs(seed); rest > 0 || key.length === 0; rest = Math.floor(rest / 2 ** 32))
      key.push(rest >>> 0)
    this.#seedByArray(key)
  }

  /** Uniform in [0, 1), 53 bits. */
  random(): number {
    const high = this.#next() >>> 5
    const low = this.#next() >>> 6
    return (high * 67108864 + low) / 9007199254740992
  }

  /** `bits` random bits, 1 to 32. */
  bits(bits: number): number {
    return this.#next() >>> (32 - bits)
  }

  /** Uniform whole number in [0, limit), for limits up to 2^32 - 1. */
  below(limit: number): number {
    if (!(limit > 0)) throw new RangeError(`expected a positive limit, found ${limit}`)
    const bits = 32 - Math.clz32(limit)
    let drawn = this.bits(bits)
    while (drawn >= limit) drawn = this.bits(bits)
    return drawn
  }

  uniform(low: number, high: number): number {
    return low + (high - low) * this.random()
  }

  /** Shuffles in place. */
  shuffle(items: unknown[]): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const held = items[i]
      items[i] = items[j]
      items[j] = held
    }
  }

  /** `count` different items in random order. Throws a RangeError if there are fewer. */
  sample<T>(items: readonly T[], count: number): T[] {
    return this.sampleIndices(items.length, count).map((index) => items[index]!)
  }

  /** The same for the whole numbers below `population`, without making a list of them where Python does not either. */
  sampleIndices(population: number, count: number): number[] {
    if (count > population) throw new RangeError(`cannot draw ${count} of ${population}`)
    // Python changes from a pool to a set of chosen ones where the set is smaller, and the draws differ.
    let setSize = 21
    if (count > 5) setSize += 4 ** Math.ceil(Math.log(count * 3) / Math.log(4))
    if (population <= setSize) {
      const pool = Array.from({ length: population }, (_, index) => index)
      return Array.from({ length: count }, (_, i) => {
        const j = this.below(population - i)
        const chosen = pool[j]!
        pool[j] = pool[population - i - 1]!
        return chosen
      })
    }
    const chosen = new Set<number>()
    while (chosen.size < count) chosen.add(this.below(population))
    return [...chosen]
  }

  #seedByArray(key: readonly number[]): void {
    const state = this.#state
    state[0] = 19650218
    for (let i = 1; i < size; i++) state[i] = Math.imul(1812433253, state[i - 1]! ^ (state[i - 1]! >>> 30)) + i
    let i = 1
    let j = 0
    const carry = () => {
      if (++i < size) return
      state[0] = state[size - 1]!
      i = 1
    }
    for (let k = Math.max(size, key.length); k > 0; k--) {
      const mixed = Math.imul(state[i - 1]! ^ (state[i - 1]! >>> 30), 1664525)
      state[i] = (state[i]! ^ mixed) + key[j]! + j
      carry()
      if (++j >= key.length) j = 0
    }
    for (let k = size - 1; k > 0; k--) {
      const mixed = Math.imul(state[i - 1]! ^ (state[i - 1]! >>> 30), 1566083941)
      state[i] = (state[i]! ^ mixed) - i
      carry()
    }
    state[0] = 0x80000000
  }

  #next(): number {
    if (this.#index >= size) this.#regenerate()
    let drawn = this.#state[this.#index++]!
    drawn ^= drawn >>> 11
    drawn ^= (drawn << 7) & 0x9d2c5680
    drawn ^= (drawn << 15) & 0xefc60000
    return (drawn ^ (drawn >>> 18)) >>> 0
  }

  #regenerate(): void {
    const state = this.#state
    for (let i = 0; i < size; i++) {
      const mixed = (state[i]! & 0x80000000) | (state[(i + 1) % size]! & 0x7fffffff)
      state[i] = state[(i + period) % size]! ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0)
    }
    this.#index = 0
  }
}
