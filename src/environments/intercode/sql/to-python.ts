import type { PythonValue } from '../upstream/python-values.ts'
import type { Column } from './connect.ts'

/** Column types of the MySQL protocol that need a treatment of their own. */
const type = {
  decimal: 0,
  tiny: 1,
  short: 2,
  long: 3,
  float: 4,
  double: 5,
  timestamp: 7,
  longLong: 8,
  int24: 9,
  date: 10,
  time: 11,
  datetime: 12,
  year: 13,
  newDate: 14,
  bit: 16,
  json: 245,
  newDecimal: 246,
} as const

const integers: ReadonlySet<number> = new Set([type.tiny, type.short, type.long, type.longLong, type.int24, type.year])
const setFlag = 0x800
const binaryCharacterSet = 63

/** A value as mysql-connector-python, the original's client, hands it to Python: by the column's type. Impossible dates are None there. */
export function toPython(value: Buffer | null, column: Column): PythonValue {
  if (value === null) return null
  const kind = column.columnType ?? column.type ?? -1
  if (kind === type.bit) return BigInt(`0x${value.toString('hex') || '0'}`)
  const text = value.toString('utf8')
  if (integers.has(kind)) return BigInt(text)
  if (kind === type.decimal || kind === type.newDecimal) return { decimal: text }
  if (kind === type.float || kind === type.double) return Number(text)
  if (kind === type.date || kind === type.newDate) return readDate(text)
  if (kind === type.datetime || kind === type.timestamp) return readDatetime(text)
  if (kind === type.time) return readTime(text)
  if (kind === type.json) return text
  const flags = Number(column.flags ?? 0)
  if ((flags & setFlag) !== 0) return { set: text === '' ? [] : text.split(',') }
  return column.characterSet === binaryCharacterSet ? value : text
}

const daysIn = (year: number, month: number) => new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
const isDate = (year: number, month: number, day: number) =>
  year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)

function readDate(text: string): PythonValue {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return isDate(year, month, day) ? { date: [year, month, day] } : null
}

function readDatetime(text: string): PythonValue {
  const match = /^(\d+)-(\d+)-(\d+)(?: (\d+):(\d+):(\d+)(?:\.(\d+))?)?$/.exec(text)
  if (!match) return text
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const microsecond = Number((match[7] ?? '').padEnd(6, '0').slice(0, 6))
  return isDate(year, month, day) ? { datetime: [year, month, day, hour, minute, second, microsecond] } : null
}

function readTime(text: string): PythonValue {
  const match = /^(-?)(\d+):(\d+):(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) return text
  const [, sign, hours, minutes, seconds, fraction = ''] = match
  const whole = BigInt(hours!) * 3600n + BigInt(minutes!) * 60n + BigInt(seconds!)
  const total = whole * 1_000_000n + BigInt(fraction.padEnd(6, '0').slice(0, 6))
  return { timedelta: sign === '-' ? -total : total }
}
