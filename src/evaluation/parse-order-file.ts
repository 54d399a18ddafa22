import { LeapError } from '../contracts/error.ts'

/**
 * Task ids from the text of an order file: one per line (empty lines and lines that start with `#` are skipped) or a JSON array of strings.
 * Throws a LeapError `PANEL_FILE_INVALID` naming the file.
 */
export function parseOrderFile(text: string, path: string): string[] {
  const invalid = (message: string, cause?: unknown) =>
    new LeapError({
      code: 'PANEL_FILE_INVALID',
      message: `${path}: ${message}`,
      remedy: 'Write one task id per line, or a JSON array of ids.',
      cause,
    })
  if (!text.trimStart().startsWith('[')) {
    const lines = text.split('\n').map((line) => line.trim())
    const ids = lines.filter((line) => line !== '' && !line.startsWith('#'))
    if (ids.length === 0) throw invalid('expected at least one task id, found none.')
    return ids
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw invalid('expected a JSON array, found text that is not JSON.', error)
  }
  if (!Array.isArray(value) || value.length === 0) throw invalid('expected a JSON array with at least one task id.')
  return value.map((id, index) => {
    if (typeof id !== 'string' || id === '')
      throw invalid(`expected a task id at position ${index + 1}, found ${JSON.stringify(id)}.`)
    return id
  })
}
