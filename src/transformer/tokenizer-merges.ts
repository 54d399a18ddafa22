/** Byte-pair merging of one span: the lowest-ranked adjacent pair first, the leftmost of equals, until no pair has a rank (as Hugging Face). */
export function mergePairs(span: string, rankOf: (left: string, right: string) => number | undefined): string[] {
  const parts = Array.from(span)
  const rankAt = (i: number) => (i + 1 < parts.length ? (rankOf(parts[i]!, parts[i + 1]!) ?? never) : never)
  const ranks = parts.map((_, i) => rankAt(i))
  for (;;) {
    let best = 0
    for (let i = 1; i < ranks.length; i++) if (ranks[i]! < ranks[best]!) best = i
    if (ranks.length === 0 || ranks[best] === never) return parts
    parts.splice(best, 2, parts[best]! + parts[best + 1]!)
    ranks.splice(best + 1, 1)
    ranks[best] = rankAt(best)
    if (best > 0) ranks[best - 1] = rankAt(best - 1)
  }
}

const never = Number.POSITIVE_INFINITY

interface Word {
  parts: string[]
  count: number
}

/**
 * Learns byte-pair merges from spans in the byte alphabet. Deterministic: the most frequent pair first, ties by the pair's text.
 * Stops when `limit` new tokens exist or no pair occurs `minimumCount` times.
 * @returns the merges, best first; each makes one token that `known` does not hold yet, or one that it does (then it is not counted).
 */
export function learnMerges(
  spans: ReadonlyMap<string, number>,
  { limit, minimumCount, known }: { limit: number; minimumCount: number; known: ReadonlySet<string> },
): [string, string][] {
  const words: Word[] = [...spans].sort(byText).map(([span, count]) => ({ parts: Array.from(span), count }))
  const counts = new Map<string, number>()
  const places = new Map<string, Set<number>>()
  const add = (index: number, left: string, right: string, amount: number) => {
    const key = `${left} ${right}`
    counts.set(key, (counts.get(key) ?? 0) + amount)
    if (amount < 0) return
    const set = places.get(key)
    if (set) set.add(index)
    else places.set(key, new Set([index]))
  }
  words.forEach(({ parts, count }, index) => {
    for (let i = 0; i + 1 < parts.length; i++) add(index, parts[i]!, parts[i + 1]!, count)
  })
  const merges: [string, string][] = []
  const made = new Set<string>()
  while (made.size < limit) {
    let best: string | undefined
    let bestCount = minimumCount - 1
    for (const [key, count] of counts)
      if (count > bestCount || (count === bestCount && best !== undefined && key < best)) {
        best = key
        bestCount = count
      }
    if (best === undefined) break
    const [left, right] = best.split(' ') as [string, string]
    merges.push([left, right])
    if (!known.has(left + right)) made.add(left + right)
    for (const index of places.get(best) ?? []) {
      const word = words[index]!
      const { parts, count } = word
      for (let i = 0; i + 1 < parts.length; i++) add(index, parts[i]!, parts[i + 1]!, -count)
      const next: string[] = []
      for (let i = 0; i < parts.length; i++) {
        if (parts[i] === left && parts[i + 1] === right) {
          next.push(left + right)
          i++
        } else next.push(parts[i]!)
      }
      word.parts = next
      for (let i = 0; i + 1 < next.length; i++) add(index, next[i]!, next[i + 1]!, count)
    }
    counts.delete(best)
    places.delete(best)
    for (const [key, count] of counts) if (count <= 0) counts.delete(key)
  }
  return merges
}

const byText = (a: readonly [string, number], b: readonly [string, number]) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0)
