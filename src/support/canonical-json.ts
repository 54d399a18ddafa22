/**
 * JSON with the keys of every object sorted, so that equal values have equal text. Fields that are undefined are left out, as
 * JSON.stringify does. Throws a TypeError for what JSON cannot hold without loss (NaN, infinities, functions, bigints, cycles).
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sortKeys(value, []))
}

function sortKeys(value: unknown, above: readonly unknown[]): unknown {
  if (value === undefined) return null
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`JSON cannot hold the number ${value}`)
  if (typeof value === 'function' || typeof value === 'bigint' || typeof value === 'symbol') {
    throw new TypeError(`JSON cannot hold a ${typeof value}`)
  }
  if (typeof value !== 'object' || value === null) return value
  if (above.includes(value)) throw new TypeError('JSON cannot hold a value that contains itself')
  const path = [...above, value]
  if (Array.isArray(value)) return value.map((item) => sortKeys(item, path))
  const source = 'toJSON' in value && typeof value.toJSON === 'function' ? value.toJSON() : value
  if (source !== value) return sortKeys(source, path)
  const entries = Object.entries(source).filter(([, item]) => item !== undefined)
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sortKeys(item, path)]),
  )
}
