import type { TypedName } from '../pddl/model.ts'

/** The objects of a game, numbered in ascending order of their ids (code units), with what each type covers. */
export interface ObjectTable {
  readonly ids: readonly string[]
  readonly types: readonly string[]
  readonly indexOf: ReadonlyMap<string, number>
  /** One byte per object: 1 if it is of the type or of one below it. `object` covers all, an unknown type none. */
  membersOf(type: string): Uint8Array
}

/** Builds the table; an object that is declared twice has the type of its last declaration. */
export function createObjectTable(declared: readonly TypedName[], parents: ReadonlyMap<string, string>): ObjectTable {
  const typeOf = new Map<string, string>()
  for (const { name, type } of declared) typeOf.set(name, type)
  const ids = [...typeOf.keys()].sort()
  const types = ids.map((id) => typeOf.get(id)!)
  const masks = new Map<string, Uint8Array>()
  const isBelow = (type: string, ancestor: string) => {
    const seen = new Set<string>()
    for (let at: string | undefined = type; at !== undefined && !seen.has(at); at = parents.get(at)) {
      if (at === ancestor) return true
      seen.add(at)
    }
    return false
  }
  return {
    ids,
    types,
    indexOf: new Map(ids.map((id, index) => [id, index])),
    membersOf(type) {
      let mask = masks.get(type)
      if (mask === undefined) {
        mask = new Uint8Array(ids.length)
        if (type === 'object') mask.fill(1)
        else {
          const covered = new Map<string, boolean>()
          for (let i = 0; i < ids.length; i++) {
            const own = types[i]!
            if (!covered.has(own)) covered.set(own, isBelow(own, type))
            if (covered.get(own)) mask[i] = 1
          }
        }
        masks.set(type, mask)
      }
      return mask
    },
  }
}
