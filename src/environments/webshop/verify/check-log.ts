import { type Difference, DifferenceLog } from '../../difference-log.ts'
import type { KnownDifference } from './known-differences.ts'

/** Counts what was compared and collects what differs. */
export class CheckLog {
  readonly #differences: DifferenceLog
  readonly known = new Map<KnownDifference, number>()
  /** Comparisons made. */
  compared = 0

  constructor(print: (line: string) => void, shown: number) {
    this.#differences = new DifferenceLog(print, shown)
  }

  get differences(): number {
    return this.#differences.count
  }

  /** Compares two values by their JSON. Returns whether they are equal. */
  compare(where: string, what: string, expected: unknown, found: unknown): boolean {
    this.compared++
    const [wanted, own] = [JSON.stringify(expected), JSON.stringify(found)]
    if (wanted === own) return true
    this.add({ where, what, ...shorten(wanted ?? 'nothing', own ?? 'nothing') })
    return false
  }

  add(difference: Difference): void {
    this.#differences.add(difference)
  }

  accept(kind: KnownDifference): void {
    this.known.set(kind, (this.known.get(kind) ?? 0) + 1)
  }
}

const around = 60
const longest = 400

/** Of long texts, the part around the first difference. */
function shorten(expected: string, found: string): { expected: string; found: string } {
  if (expected.length <= longest && found.length <= longest) return { expected, found }
  let start = 0
  while (start < expected.length && expected[start] === found[start]) start++
  const cut = (text: string) => `...${text.slice(Math.max(0, start - around), start + 4 * around)}...`
  return { expected: cut(expected), found: cut(found) }
}
