import { pad } from '../text/display-width.ts'
import { sanitizeLine } from '../text/sanitize.ts'

/** The possible actions with the numbers by which they can be chosen, in as many columns as fit. */
export function numberedActions(candidates: readonly string[] | undefined, columns: number): string[] {
  if (candidates === undefined) return ['This environment lists no actions: type what you want to do.']
  if (candidates.length === 0) return ['There is nothing that can be done.']
  const digits = String(candidates.length).length
  const entries = candidates.map((text, index) => `${String(index + 1).padStart(digits)} ${sanitizeLine(text)}`)
  const width = Math.max(...entries.map((entry) => entry.length)) + 2
  const perLine = Math.max(1, Math.floor(columns / width))
  const height = Math.ceil(entries.length / perLine)
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: perLine }, (_, column) => pad(entries[column * height + row] ?? '', width))
      .join('')
      .trimEnd(),
  )
}
