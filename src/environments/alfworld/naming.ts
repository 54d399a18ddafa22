/** What texts can say about a thing. */
export interface EntityName {
  readonly id: string
  /** `drawer 3`; an id without a position has its id and one space. */
  readonly name: string
  /** The class as commands spell it: `drawer`, `sinkbasin`. */
  readonly base: string
}

/**
 * Names the ids of a game as ALFWorld's Demangler does: `<class> <number>`, numbers handed out per class from the highest down to
 * 1 in ascending order of id (so that lists in id order count down). `..._bar_sinkbasin` belongs to class `sinkbasin`.
 *
 * @param ids lower-case ids that occur in the facts, ascending by code unit
 */
export function nameEntities(ids: readonly string[]): EntityName[] {
  const bases = ids.map((id) => {
    const bar = id.indexOf('_bar_')
    if (bar < 0) return undefined
    return id.slice(0, bar) + (id.includes('basin') ? 'basin' : '')
  })
  const left = new Map<string, number>()
  for (const base of bases) if (base !== undefined) left.set(base, (left.get(base) ?? 0) + 1)
  return ids.map((id, i) => {
    const base = bases[i]
    if (base === undefined) return { id, name: `${id} `, base: id }
    const number = left.get(base)!
    left.set(base, number - 1)
    return { id, name: `${base} ${number}`, base }
  })
}
