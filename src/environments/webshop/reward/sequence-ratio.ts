/**
 * Python's `difflib.SequenceMatcher(None, a, b).ratio()`: twice the characters in matching blocks, over the characters of both.
 * The longest block is taken first, then what lies left and right of it. In a second text of 200 characters or more, characters that make
 * up over 1 % of it start no block (difflib's "autojunk").
 */
export function sequenceRatio(a: string, b: string): number {
  const left = Array.from(a)
  const right = Array.from(b)
  const length = left.length + right.length
  return length === 0 ? 1 : (2 * countMatches(left, right)) / length
}

function countMatches(a: readonly string[], b: readonly string[]): number {
  const places = placesOf(b)
  let matched = 0
  const open: [aLow: number, aHigh: number, bLow: number, bHigh: number][] = [[0, a.length, 0, b.length]]
  for (let range = open.pop(); range !== undefined; range = open.pop()) {
    const [aLow, aHigh, bLow, bHigh] = range
    const { i, j, size } = longestBlock(a, b, places, ...range)
    if (size === 0) continue
    matched += size
    if (aLow < i && bLow < j) open.push([aLow, i, bLow, j])
    if (i + size < aHigh && j + size < bHigh) open.push([i + size, aHigh, j + size, bHigh])
  }
  return matched
}

function placesOf(b: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>()
  for (const [index, char] of b.entries()) {
    const known = places.get(char)
    if (known === undefined) places.set(char, [index])
    else known.push(index)
  }
  if (b.length >= 200) {
    const most = Math.floor(b.length / 100) + 1
    for (const [char, found] of places) if (found.length > most) places.delete(char)
  }
  return places
}

/** The longest common block in the given ranges; of several, the one that starts first in `a`, then first in `b`. */
function longestBlock(
  a: readonly string[],
  b: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  aLow: number,
  aHigh: number,
  bLow: number,
  bHigh: number,
): { i: number; j: number; size: number } {
  let best = { i: aLow, j: bLow, size: 0 }
  let lengths = new Map<number, number>()
  for (let i = aLow; i < aHigh; i++) {
    const next = new Map<number, number>()
    for (const j of places.get(a[i]!) ?? []) {
      if (j < bLow) continue
      if (j >= bHigh) break
      const size = (lengths.get(j - 1) ?? 0) + 1
      next.set(j, size)
      if (size > best.size) best = { i: i - size + 1, j: j - size + 1, size }
    }
    lengths = next
  }
  let { i, j, size } = best
  // Characters that start no block may still lengthen one.
  while (i > aLow && j > bLow && a[i - 1] === b[j - 1]) {
    i--
    j--
    size++
  }
  while (i + size < aHigh && j + size < bHigh && a[i + size] === b[j + size]) size++
  return { i, j, size }
}
