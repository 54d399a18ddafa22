import { readPythonRows } from './read-python-rows.ts'
import { keptCharacters, keptRows, type RecordedTurn } from './recorded-log.ts'

/** True if what is seen here is what was recorded, as far as the runner wrote it down. */
export function isSameObservation({ observation, isCut }: RecordedTurn, seen: string, isRows = false): boolean {
  return seen === observation || (isCut && cutAsReact(seen, isRows) === observation)
}

/** What ReAct's runner keeps of an output: so many characters of a text, so many rows of a list. */
function cutAsReact(text: string, isRows: boolean): string {
  const rows = isRows ? readPythonRows(text) : undefined
  if (rows === undefined) return [...text].slice(0, keptCharacters).join('')
  return `[${rows.slice(0, keptRows).join(', ')}]`
}

/** True if the recorded output is all there was, so that a reward can be worked out from it. */
export function isWhole({ observation, isCut }: RecordedTurn): boolean {
  return !isCut || (readPythonRows(observation)?.length ?? Number.POSITIVE_INFINITY) < keptRows
}
