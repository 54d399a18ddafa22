import { reprOfFloat } from './python-repr-float.ts'
import { reprOfBytes, reprOfString } from './python-repr-string.ts'
import type { PythonValue } from './python-values.ts'

/** A value as Python's `repr` writes it. */
export function pythonRepr(value: PythonValue): string {
  if (value === null) return 'None'
  if (typeof value === 'string') return reprOfString(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number') return reprOfFloat(value)
  if (value instanceof Uint8Array) return reprOfBytes(value)
  if ('decimal' in value) return `Decimal('${value.decimal}')`
  if ('date' in value) return `datetime.date(${value.date.join(', ')})`
  if ('datetime' in value) return reprOfDatetime(value.datetime)
  if ('set' in value) return value.set.length === 0 ? 'set()' : `{${value.set.map(reprOfString).join(', ')}}`
  return reprOfTimedelta(value.timedelta)
}

/** A row: `(1, 'a')`, and `(1,)` for a single column. */
export function reprOfTuple(row: readonly PythonValue[]): string {
  const values = row.map(pythonRepr)
  return values.length === 1 ? `(${values[0]},)` : `(${values.join(', ')})`
}

/** A list of texts that are reprs already: `[(1,), (2,)]`. */
export function reprOfList(items: readonly string[]): string {
  return `[${items.join(', ')}]`
}

/** Seconds and microseconds are left out from the end while they are zero. */
function reprOfDatetime(parts: readonly number[]): string {
  const shown = parts[6] !== 0 ? 7 : parts[5] !== 0 ? 6 : 5
  return `datetime.datetime(${parts.slice(0, shown).join(', ')})`
}

/** Days may be negative, seconds and microseconds never are; what is zero is left out. */
function reprOfTimedelta(total: bigint): string {
  const day = 86_400_000_000n
  const days = (total - (((total % day) + day) % day)) / day
  const rest = total - days * day
  const parts = [
    ['days', days],
    ['seconds', rest / 1_000_000n],
    ['microseconds', rest % 1_000_000n],
  ] as const
  const shown = parts.filter(([, value]) => value !== 0n).map(([name, value]) => `${name}=${value}`)
  return `datetime.timedelta(${shown.length === 0 ? '0' : shown.join(', ')})`
}
