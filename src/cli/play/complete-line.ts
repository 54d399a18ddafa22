/**
 * What the Tab key offers for a line: all entries that begin with it, or, where none does, those that hold all of its words in order, so
 * that `fridge` finds `go to fridge 1`. Long lists are completed to the end of the next word first, so that thirty places do not fill the screen.
 */
export function completeLine(line: string, entries: readonly string[]): [offers: string[], typed: string] {
  const typed = line.trimStart().toLowerCase()
  const starting = entries.filter((entry) => entry.toLowerCase().startsWith(typed))
  if (starting.length > 0) return [starting.length > 8 ? byNextWord(starting, typed.length) : starting, line]
  const words = typed.split(/\s+/).filter((word) => word !== '')
  const holding = entries.filter((entry) => holdsInOrder(entry.toLowerCase(), words))
  // The line is replaced only if there is one meaning; otherwise the offers are listed.
  return [holding, holding.length === 1 ? line : '']
}

function byNextWord(entries: readonly string[], from: number): string[] {
  const stems = entries.map((entry) => {
    const end = entry.indexOf(' ', from + 1)
    return end < 0 ? entry : entry.slice(0, end + 1)
  })
  return [...new Set(stems)]
}

function holdsInOrder(entry: string, words: readonly string[]): boolean {
  let from = 0
  for (const word of words) {
    const at = entry.indexOf(word, from)
    if (at < 0) return false
    from = at + word.length
  }
  return true
}
