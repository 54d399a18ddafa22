/** Thrown for compressed data that can not be right; callers know the file and wrap it. */
export class CorruptDataError extends Error {}

const half = 1024
const states = 12

/** Where each group of probabilities begins in the one table (names as in the LZMA specification). */
const isMatch = 0
const isRep = isMatch + states * 16
const isRepG0 = isRep + states
const isRepG1 = isRepG0 + states
const isRepG2 = isRepG1 + states
const isRep0Long = isRepG2 + states
const positionSlot = isRep0Long + states * 16
const positionSpecial = positionSlot + 4 * 64
const align = positionSpecial + 128
const matchLength = align + 16
const lengthSize = 2 + 16 * 8 * 2 + 256
const repLength = matchLength + lengthSize
const literal = repLength + lengthSize

/**
 * The symbol decoder of LZMA (Pavlov's specification, lzma-specification.txt), with the range coder's and the model's state kept
 * between the chunks of LZMA2. Distances of any size are followed as far as the window reaches.
 */
export class LzmaDecoder {
  #probabilities = new Uint16Array(0)
  #lc = 0
  #lp = 0
  #pb = 0
  #state = 0
  #rep0 = 0
  #rep1 = 0
  #rep2 = 0
  #rep3 = 0
  #range = 0
  #code = 0
  #input: Uint8Array = new Uint8Array(0)
  #at = 0

  /** Sets lc, lp and pb from their packed byte. Needs {@link resetState} after it. */
  setProperties(packed: number): void {
    if (packed >= 9 * 5 * 5) throw new CorruptDataError(`impossible LZMA properties ${packed}`)
    this.#lc = packed % 9
    this.#lp = Math.floor(packed / 9) % 5
    this.#pb = Math.floor(packed / 45)
    if (this.#lc + this.#lp > 4) throw new CorruptDataError('LZMA2 allows at most 4 literal bits')
    this.#probabilities = new Uint16Array(literal + (0x300 << (this.#lc + this.#lp)))
  }

  resetState(): void {
    this.#probabilities.fill(half)
    this.#state = 0
    this.#rep0 = this.#rep1 = this.#rep2 = this.#rep3 = 0
  }

  /**
   * Decodes one chunk into a window that holds what came before.
   *
   * @param start where the chunk's data begins in the input
   * @param from where in the window the decoded bytes go; must have room for `count`
   * @param history how many bytes were decoded since the dictionary's last reset; distances reach back no further
   */
  decode(input: Uint8Array, start: number, window: Uint8Array, from: number, count: number, history: number): void {
    let position = from
    const oldest = Math.max(0, from - history)
    this.#input = input
    this.#at = start + 5
    this.#range = -1
    this.#code = (input[start + 1]! << 24) | (input[start + 2]! << 16) | (input[start + 3]! << 8) | input[start + 4]!
    const p = this.#probabilities
    const positionMask = (1 << this.#pb) - 1
    const literalMask = (1 << this.#lp) - 1
    const end = from + count
    // Positions for the model count from the last reset of the dictionary, not from the window's start.
    const shift = history - from
    while (position < end) {
      const posState = (position + shift) & positionMask
      const state = this.#state
      if (this.#bit(p, isMatch + (state << 4) + posState) === 0) {
        const previous = position + shift > 0 ? window[position - 1]! : 0
        const context = (((position + shift) & literalMask) << this.#lc) + (previous >> (8 - this.#lc))
        const base = literal + 0x300 * context
        let symbol = 1
        if (state >= 7) {
          let matched = window[position - this.#rep0 - 1]!
          do {
            const expected = (matched >> 7) & 1
            matched <<= 1
            const bit = this.#bit(p, base + ((1 + expected) << 8) + symbol)
            symbol = (symbol << 1) | bit
            if (bit !== expected) break
          } while (symbol < 0x100)
        }
        while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(p, base + symbol)
        window[position++] = symbol
        this.#state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6
        continue
      }
      let length: number
      if (this.#bit(p, isRep + state) === 0) {
        this.#rep3 = this.#rep2
        this.#rep2 = this.#rep1
        this.#rep1 = this.#rep0
        length = 2 + this.#length(p, matchLength, posState)
        this.#state = state < 7 ? 7 : 10
        this.#rep0 = this.#distance(p, length - 2)
      } else {
        let isSingle = false
        if (this.#bit(p, isRepG0 + state) === 0) isSingle = this.#bit(p, isRep0Long + (state << 4) + posState) === 0
        else this.#rotate(p, state)
        length = isSingle ? 1 : 2 + this.#length(p, repLength, posState)
        this.#state = isSingle ? (state < 7 ? 9 : 11) : state < 7 ? 8 : 11
      }
      const source = position - this.#rep0 - 1
      if (source < oldest) throw new CorruptDataError('a distance beyond the beginning of the data')
      if (position + length > end) throw new CorruptDataError('a match beyond the end of its chunk')
      copy(window, source, position, length)
      position += length
    }
  }

  #rotate(p: Uint16Array, state: number): void {
    let distance: number
    if (this.#bit(p, isRepG1 + state) === 0) distance = this.#rep1
    else {
      if (this.#bit(p, isRepG2 + state) === 0) distance = this.#rep2
      else {
        distance = this.#rep3
        this.#rep3 = this.#rep2
      }
      this.#rep2 = this.#rep1
    }
    this.#rep1 = this.#rep0
    this.#rep0 = distance
  }

  #length(p: Uint16Array, base: number, posState: number): number {
    if (this.#bit(p, base) === 0) return this.#tree(p, base + 2 + (posState << 3), 3)
    if (this.#bit(p, base + 1) === 0) return 8 + this.#tree(p, base + 2 + 128 + (posState << 3), 3)
    return 16 + this.#tree(p, base + 2 + 256, 8)
  }

  #distance(p: Uint16Array, length: number): number {
    const slot = this.#tree(p, positionSlot + (Math.min(length, 3) << 6), 6)
    if (slot < 4) return slot
    const bits = (slot >> 1) - 1
    let distance = (2 | (slot & 1)) << bits
    if (slot < 14) return distance + this.#reverse(p, positionSpecial + distance - slot, bits)
    let direct = 0
    for (let i = bits - 4; i > 0; i--) {
      this.#range >>>= 1
      const isOne = this.#code >>> 0 >= this.#range >>> 0 ? 1 : 0
      if (isOne === 1) this.#code = (this.#code - this.#range) | 0
      direct = (direct << 1) | isOne
      this.#normalize()
    }
    distance += direct << 4
    return distance + this.#reverse(p, align, 4)
  }

  #tree(p: Uint16Array, base: number, bits: number): number {
    let symbol = 1
    for (let i = 0; i < bits; i++) symbol = (symbol << 1) | this.#bit(p, base + symbol)
    return symbol - (1 << bits)
  }

  #reverse(p: Uint16Array, base: number, bits: number): number {
    let symbol = 1
    let value = 0
    for (let i = 0; i < bits; i++) {
      const bit = this.#bit(p, base + symbol)
      symbol = (symbol << 1) | bit
      value |= bit << i
    }
    return value
  }

  #bit(p: Uint16Array, index: number): number {
    const probability = p[index]!
    const bound = Math.imul(this.#range >>> 11, probability)
    let bit: number
    if (this.#code >>> 0 < bound >>> 0) {
      this.#range = bound
      p[index] = probability + ((2048 - probability) >> 5)
      bit = 0
    } else {
      this.#range = (this.#range - bound) | 0
      this.#code = (this.#code - bound) | 0
      p[index] = probability - (probability >> 5)
      bit = 1
    }
    this.#normalize()
    return bit
  }

  #normalize(): void {
    if (this.#range >>> 24 === 0) {
      this.#range <<= 8
      this.#code = (this.#code << 8) | this.#input[this.#at++]!
    }
  }
}

/** Copies within the window; where source and target overlap, the bytes repeat. */
function copy(window: Uint8Array, source: number, target: number, length: number): void {
  if (target - source >= length) {
    if (length > 32) window.copyWithin(target, source, source + length)
    else for (let i = 0; i < length; i++) window[target + i] = window[source + i]!
    return
  }
  for (let i = 0; i < length; i++) window[target + i] = window[source + i]!
}
