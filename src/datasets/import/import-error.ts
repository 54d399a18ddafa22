import { LeapError } from '../../contracts/error.ts'

/** `place` is a file with the line or record in it. */
export function importError(place: string, expected: string, found: string): LeapError {
  return new LeapError({
    code: 'IMPORT_INVALID',
    message: `${place}: expected ${expected}, found ${found}`,
    remedy: 'Repair or leave out the record, name the right --format, or skip what cannot be read with --skip-invalid.',
  })
}

/** A value in few words, for an error. */
export function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 80 ? `${text.slice(0, 80)}...` : text
}
