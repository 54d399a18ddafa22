/** Passes text on piece by piece, and nothing that belongs to a stop string or may yet turn out to. */
export interface StopFilter {
  /** What is certain now that this piece has come; empty after a stop string was met. */
  add(piece: string): string
  /** What was held back, once no more comes. */
  end(): string
}

export function createStopFilter(stop: readonly string[]): StopFilter {
  const stops = stop.filter((one) => one !== '')
  let held = ''
  let stopped = false
  return {
    add(piece) {
      if (stopped) return ''
      held += piece
      const found = stops.map((one) => held.indexOf(one)).filter((index) => index >= 0)
      stopped = found.length > 0
      const certain = stopped ? Math.min(...found) : held.length - longestBeginning(held, stops)
      const text = held.slice(0, certain)
      held = stopped ? '' : held.slice(certain)
      return text
    },
    end() {
      const rest = held
      held = ''
      stopped = true
      return rest
    },
  }
}

/** Length of the longest end of the text that some stop string begins with. */
function longestBeginning(text: string, stops: readonly string[]): number {
  let longest = 0
  for (const stop of stops)
    for (let length = Math.min(stop.length - 1, text.length); length > longest; length--)
      if (text.endsWith(stop.slice(0, length))) longest = length
  return longest
}
