/**
 * A value as the original's database client hands it to Python. Numbers keep their column's type, since Python writes `2`, `2.0` and
 * `Decimal('2')` for three kinds of two.
 */
export type PythonValue =
  | null
  | string
  /** int */
  | bigint
  /** float */
  | number
  /** decimal.Decimal, as the server wrote it. */
  | { decimal: string }
  /** bytes */
  | Uint8Array
  /** datetime.date */
  | { date: [year: number, month: number, day: number] }
  /** datetime.datetime */
  | {
      datetime: [
        year: number,
        month: number,
        day: number,
        hour: number,
        minute: number,
        second: number,
        microsecond: number,
      ]
    }
  /** datetime.timedelta, as a whole number of microseconds. */
  | { timedelta: bigint }
  /** A set of strings (a SET column). */
  | { set: readonly string[] }
