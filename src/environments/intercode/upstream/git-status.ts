/** One entry of `git status --short` as the original environment reads it. */
export interface StatusEntry {
  path: string
  /** `M`, `D`, `A`, `??`, ...: white space is not part of it, so staged and unstaged changes look alike. */
  code: string
}

/**
 * Reads the output of `git status --short` as the original does: cut at any white space, then taken in pairs of code and path. Names with spaces
 * and renames (`R  a -> b`) shift the pairs; nothing is done about it, since scores depend on it.
 *
 * @returns `isOdd` where the last piece has no partner; the original raises IndexError there, and here the piece is left out
 */
export function parseStatus(output: string): { entries: StatusEntry[]; isOdd: boolean } {
  const pieces = splitAsPython(output).filter((piece) => piece !== '')
  const entries: StatusEntry[] = []
  for (let index = 0; index + 1 < pieces.length; index += 2)
    entries.push({ code: pieces[index]!, path: pieces[index + 1]! })
  return { entries, isOdd: pieces.length % 2 === 1 }
}

/** What `str.split()` cuts at besides what `\s` means here: four separators and NEL. The byte order mark, which `\s` means too, is not cut at. */
const separators = new RegExp(
  `[${[0x1c, 0x1d, 0x1e, 0x1f, 0x85].map((code) => String.fromCharCode(code)).join('')}]`,
  'g',
)

function splitAsPython(text: string): string[] {
  return text.replace(separators, ' ').split(/[^\S\ufeff]+/)
}
