import { createStopFilter } from '../support/stop-filter.ts'

/** Passes a growing text on, and nothing that may yet be taken back: half a character, the beginning of a stop string. */
export interface TextEmitter {
  /** The text so far; it begins with what it was before, but for characters that were not complete. */
  grow(text: string): void
  /** The text as it ends. */
  end(text: string): void
}

export function createTextEmitter(onText: (piece: string) => void, stop: readonly string[] = []): TextEmitter {
  const filter = createStopFilter(stop)
  /** Characters that the filter was given, and that were passed on. */
  let seen = 0
  let sent = 0
  const send = (piece: string) => {
    sent += piece.length
    if (piece !== '') onText(piece)
  }
  return {
    grow(text) {
      // A token may hold only some of the bytes of a character, which are shown as U+FFFD until the others come.
      const complete = text.replace(/\uFFFD+$/, '')
      if (complete.length <= seen) return
      send(filter.add(complete.slice(seen)))
      seen = complete.length
    },
    end(text) {
      send(text.slice(sent))
    },
  }
}
