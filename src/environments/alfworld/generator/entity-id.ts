/** Centimetres from the middle of the room. */
export interface Position {
  readonly x: number
  readonly y: number
}

/**
 * The id of a thing in the manner of ALFRED, its class and its coordinates: `mug_bar_p120_bar_m035` is a mug at +1.20 m, -0.35 m. It is moved by a centimetre until
 * nothing in `taken` has the same id, and then taken. The engine numbers names in the order of ids, so numbers say nothing about contents.
 */
export function entityId(type: string, { x, y }: Position, taken: Set<string>): string {
  const basin = type.endsWith('basin')
  const stem = basin ? type.slice(0, -'basin'.length) : type
  for (let nudge = 0; ; nudge++) {
    const id = `${stem}_bar_${encode(x + nudge)}_bar_${encode(y)}${basin ? `_bar_${type}` : ''}`
    if (taken.has(id)) continue
    taken.add(id)
    return id
  }
}

function encode(centimetres: number): string {
  return `${centimetres < 0 ? 'm' : 'p'}${String(Math.abs(centimetres)).padStart(3, '0')}`
}
