import type { Branch, Literal } from './engine/branch.ts'
import type { Goal } from './world-state.ts'

/** `countertoptype` -> `countertop`: classes are named in facts by their type objects, in commands by their base. */
export const classOf = (typeObject: string) => typeObject.replace(/type$/, '')

const properties = new Set(['cleanable', 'heatable', 'coolable', 'toggleable', 'pickupable'])
const treatments = new Map([
  ['isclean', 'clean'],
  ['ishot', 'heat'],
  ['iscool', 'cool'],
] as const)

/**
 * Recognises the six goal forms of ALFRED in the disjunctive normal form of a PDDL goal, whatever the variables are called and
 * however the quantifiers are nested. Anything beyond them makes it `other`.
 */
export function recognizeGoal(branches: readonly Branch[]): Goal {
  const [branch] = branches
  if (branch === undefined || branches.length > 1 || branch.absent.length > 0) return { kind: 'other' }
  const facts = branch.literals.filter(({ predicate }) => !properties.has(predicate))
  if (facts.some(({ positive }) => !positive)) return { kind: 'other' }
  return recognizePlacing(branch, facts) ?? recognizeLooking(branch, facts) ?? { kind: 'other' }
}

const of = (facts: readonly Literal[], predicate: string) => facts.filter((literal) => literal.predicate === predicate)

/** Slot -> class, from `objecttype` or `receptacletype` literals. */
function classes(facts: readonly Literal[], predicate: string): Map<number, string> | undefined {
  const found = new Map<number, string>()
  for (const { terms } of of(facts, predicate)) {
    const [slot, type] = terms
    if (typeof slot !== 'number' || typeof type !== 'string') return undefined
    if (found.has(slot) && found.get(slot) !== classOf(type)) return undefined
    found.set(slot, classOf(type))
  }
  return found
}

function recognizePlacing(branch: Branch, facts: readonly Literal[]): Goal | undefined {
  const objects = classes(facts, 'objecttype')
  const receptacles = classes(facts, 'receptacletype')
  if (objects === undefined || receptacles?.size !== 1) return undefined
  const [[place, receptacle]] = [...receptacles] as [[number, string]]
  const held = of(facts, 'inreceptacle')
  const rest = facts.filter(({ predicate }) => !['objecttype', 'receptacletype', 'inreceptacle'].includes(predicate))
  const kinds = new Set(objects.values())
  const allPlaced = held.every(({ terms }) => terms[1] === place && objects.has(terms[0] as number))
  if (kinds.size !== 1 || held.length !== objects.size || !allPlaced) return undefined
  if (new Set(held.map(({ terms }) => terms[0])).size !== held.length) return undefined
  const [object] = kinds as unknown as [string]
  if (objects.size === 1 && branch.equalities.length === 0) {
    if (rest.length === 0) return { kind: 'place', object, receptacle }
    const kind = treatments.get(rest[0]!.predicate as 'isclean')
    if (rest.length === 1 && kind !== undefined && objects.has(rest[0]!.terms[0] as number))
      return { kind, object, receptacle }
    return undefined
  }
  const [apart] = branch.equalities
  const isPair =
    objects.size === 2 &&
    rest.length === 0 &&
    branch.equalities.length === 1 &&
    apart?.positive === false &&
    apart.left !== apart.right &&
    objects.has(apart.left as number) &&
    objects.has(apart.right as number)
  return isPair ? { kind: 'two', object, receptacle } : undefined
}

function recognizeLooking(branch: Branch, facts: readonly Literal[]): Goal | undefined {
  const objects = classes(facts, 'objecttype')
  const [toggled, held, inside] = ['istoggled', 'holds', 'inreceptacle'].map((predicate) => of(facts, predicate))
  const [standing, reach] = ['atlocation', 'receptacleatlocation'].map((predicate) => of(facts, predicate))
  if (objects?.size !== 2 || facts.length !== 7 || branch.equalities.length > 0) return undefined
  if ([toggled, held, inside, standing, reach].some((found) => found!.length !== 1)) return undefined
  const lamp = toggled![0]!.terms[0] as number
  const object = held![0]!.terms[1] as number
  const place = inside![0]!.terms[1]
  const location = reach![0]!.terms[1]
  const fits =
    inside![0]!.terms[0] === lamp &&
    reach![0]!.terms[0] === place &&
    standing![0]!.terms[1] === location &&
    lamp !== object
  if (!fits || !objects.has(lamp) || !objects.has(object)) return undefined
  return { kind: 'look', object: objects.get(object)!, lamp: objects.get(lamp)! }
}
