import { createHash } from 'node:crypto'

/** The first `digits` hex digits of the SHA-256 of the parts, each part delimited, so that ['ab','c'] and ['a','bc'] differ. */
export function hashText(parts: readonly string[], digits = 16): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:`).update(part)
  return hash.digest('hex').slice(0, digits)
}
