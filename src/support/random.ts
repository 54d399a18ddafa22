import { createHash } from 'node:crypto'

/** A deterministic source of random numbers (sfc32). Streams derived by name are independent of each other and of call order. */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  next(): number
  /** Uniform integer in [0, limit). */
  integer(limit: number): number
  /** Standard normal (Box-Muller). */
  normal(): number
  choice<T>(items: readonly T[]): T
  /** Index drawn with probability proportional to its weight. Throws a RangeError if no weight is positive. */
  weighted(weights: readonly number[]): number
  /** A shuffled copy (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[]
  /** A stream of its own, determined by this stream's seed and the names alone. */
  stream(...names: (string | number)[]): Random
}

/** 32-bit seed from a base seed and names: the way every seed of a run is derived. */
export function deriveSeed(seed: number | string, ...names: (string | number)[]): number {
  return digest(seed, names).readUInt32LE(0)
}

/** Creates the stream that `seed` and `names` determine. */
export function createRandom(seed: number | string, ...names: (string | number)[]): Random {
  const bytes = digest(seed, names)
  let a = bytes.readInt32LE(0)
  let b = bytes.readInt32LE(4)
  let c = bytes.readInt32LE(8)
  let counter = 1
  const next = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i++) next()
  const integer = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    choice: (items) => {
      if (items.length === 0) throw new RangeError('choice of an empty list')
      return items[integer(items.length)]!
    },
    weighted: (weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      if (!(total > 0)) throw new RangeError(`weights must have a positive sum, found ${total}`)
      let rest = next() * total
      const index = weights.findIndex((weight) => (rest -= weight) < 0)
      return index < 0 ? weights.findLastIndex((weight) => weight > 0) : index
    },
    shuffle: (items) => {
      const copy = [...items]
      for (let i = copy.length - 1; i > 0; i--) {
        const j = integer(i + 1)
        const held = copy[i]!
        copy[i] = copy[j]!
        copy[j] = held
      }
      return copy
    },
    stream: (...more) => createRandom(seed, ...names, ...more),
  }
}

function digest(seed: number | string, names: (string | number)[]): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([seed, ...names]))
    .digest()
}
