/** A 32-bit hash of a title in lower case (FNV-1a over UTF-16 units). */
export function hashTitle(title: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < title.length; i++) {
    const unit = title.charCodeAt(i)
    hash = Math.imul(hash ^ (unit & 255), 0x01000193)
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193)
  }
  return hash >>> 0
}

/**
 * The last product with a title. `pairs` holds hashes, sorted, each followed by a product's number; products of one hash ascend.
 */
export function findTitle(pairs: Uint32Array, title: string, titleOf: (product: number) => string): number | undefined {
  const hash = hashTitle(title)
  let low = 0
  let high = pairs.length / 2
  while (low < high) {
    const middle = (low + high) >>> 1
    if (pairs[2 * middle]! <= hash) low = middle + 1
    else high = middle
  }
  for (let place = low - 1; place >= 0 && pairs[2 * place] === hash; place--) {
    const product = pairs[2 * place + 1]!
    if (titleOf(product).toLowerCase() === title) return product
  }
  return undefined
}
