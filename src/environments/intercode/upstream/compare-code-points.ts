/** Orders strings by code point, as Python does (JavaScript's `<` orders by UTF-16 unit, which differs above U+FFFF). */
export function compareCodePoints(a: string, b: string): number {
  const end = Math.min(a.length, b.length)
  let index = 0
  while (index < end && a.charCodeAt(index) === b.charCodeAt(index)) index++
  if (index === end) return a.length - b.length
  // Inside a pair the first halves were equal, so the second halves decide as well as the code points would.
  return rank(a.charCodeAt(index)) - rank(b.charCodeAt(index))
}

/** Surrogates stand for what lies above all other units. */
const rank = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)
