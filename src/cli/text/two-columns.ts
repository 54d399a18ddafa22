import { pad } from './display-width.ts'

/** Puts two blocks of lines side by side, the left one filled to `leftColumns`. Empty lines fill the shorter block; nothing trails. */
export function twoColumns(left: readonly string[], right: readonly string[], leftColumns: number): string[] {
  const height = Math.max(left.length, right.length)
  return Array.from({ length: height }, (_, index) =>
    `${pad(left[index] ?? '', leftColumns)} │ ${right[index] ?? ''}`.trimEnd(),
  )
}
