import type { WorldObject, WorldReceptacle, WorldState } from '../world-state.ts'
import type { PlanConstraint } from './plan.ts'

export type PlanningKind = 'place' | 'clean' | 'heat' | 'cool' | 'two' | 'look'

/** Roles of an object in the search. An object without a role is the wrong one in the agent's hand. */
export const TARGET = 1
export const LAMP = 2

/** Receptacle class that performs each treatment (the domain's CleanObject, HeatObject and CoolObject). */
export const treatmentTool: Readonly<Record<'clean' | 'heat' | 'cool', string>> = {
  clean: 'sinkbasin',
  heat: 'microwave',
  cool: 'fridge',
}

/**
 * The part of a world that a shortest plan can depend on, as arrays indexed by receptacle, object and place; `closed`, `listed`, `treated`,
 * `toggled`, `place` and `held` change during the search. Places are numbered from 1; 0 is anywhere without a relevant receptacle.
 */
export interface PlanningProblem {
  readonly kind: PlanningKind
  readonly receptacles: readonly WorldReceptacle[]
  readonly placeOf: Int32Array
  readonly places: number
  readonly isGoal: Uint8Array
  readonly isTool: Uint8Array
  /** The receptacle takes objects of the goal's class. */
  readonly acceptsTarget: Uint8Array
  /** The receptacle takes the wrong object or lamp that was in the agent's hand at the start. */
  readonly acceptsOther: Uint8Array
  /** Opening it may serve more than getting rid of an object. */
  readonly isSpecial: Uint8Array
  readonly closed: Uint8Array
  readonly objects: readonly WorldObject[]
  readonly role: Uint8Array
  /** The object that a constraint asks for: it must be part of the solution. -1 if there is none. */
  readonly required: number
  /** `listed[object * receptacles.length + receptacle]`. */
  readonly listed: Uint8Array
  readonly treated: Uint8Array
  readonly toggled: Uint8Array
  place: number
  /** Index of the object in the hand, or -1. */
  held: number
}

/**
 * Reduces a world to its planning problem. Left out are objects that no goal of this kind mentions (nobody needs to touch them) and receptacles that
 * another one stands for: away from every place that matters, only one is kept of those alike in class role, door and what they accept.
 * Ties are settled by the listing order from its end, so that low numbers come first. Returns undefined for goals of kind `other`.
 */
export function planningProblem(world: WorldState, constraint: PlanConstraint = {}): PlanningProblem | undefined {
  const { goal } = world
  if (goal.kind === 'other') return undefined
  const goalClass = goal.kind === 'look' ? undefined : goal.receptacle
  const lampClass = goal.kind === 'look' ? goal.lamp : undefined
  const treatment = goal.kind === 'clean' || goal.kind === 'heat' || goal.kind === 'cool' ? goal.kind : undefined
  const toolClass = treatment === undefined ? undefined : treatmentTool[treatment]

  const objects: WorldObject[] = []
  const roles: number[] = []
  let held = -1
  const special = new Set<string>()
  for (let i = world.objects.length - 1; i >= 0; i--) {
    const object = world.objects[i]!
    let role = 0
    if (object.type === goal.object && isTreatable(object, treatment) && allows(goal.kind, object, constraint))
      role = TARGET
    else if (object.type === lampClass && object.toggleable) role = LAMP
    const isHeld = object.name === world.holding
    if (role === 0 && !isHeld) continue
    if (isHeld) held = objects.length
    objects.push(object)
    roles.push(role)
    for (const receptacle of object.receptacles) if (role !== 0) special.add(receptacle)
  }

  const other = held >= 0 && roles[held] !== TARGET ? objects[held]!.type : undefined
  const specialPlaces = new Set<string>([world.location])
  for (const receptacle of world.receptacles)
    if (receptacle.type === toolClass || special.has(receptacle.name)) specialPlaces.add(receptacle.location)

  const receptacles: WorldReceptacle[] = []
  const accepts = { target: [] as number[], other: [] as number[] }
  const goals: number[] = []
  const alike = new Set<number>()
  for (let i = world.receptacles.length - 1; i >= 0; i--) {
    const receptacle = world.receptacles[i]!
    const content = world.canContain.get(receptacle.type)
    const takesTarget = content?.has(goal.object) ? 1 : 0
    const takesOther = other !== undefined && content?.has(other) ? 1 : 0
    const isGoal =
      receptacle.type === goalClass && (constraint.goalReceptacle ?? receptacle.name) === receptacle.name ? 1 : 0
    const isTool = receptacle.type === toolClass
    const mayDrop = takesOther === 1 || (held >= 0 && other === undefined && takesTarget === 1)
    if (!isTool && !special.has(receptacle.name)) {
      if (isGoal === 0 && !mayDrop) continue
      if (!specialPlaces.has(receptacle.location)) {
        const shut = receptacle.openable && !receptacle.open ? 8 : 0
        const key = isGoal + 2 * takesTarget + 4 * takesOther + shut
        if (alike.has(key)) continue
        alike.add(key)
      }
    }
    receptacles.push(receptacle)
    accepts.target.push(takesTarget)
    accepts.other.push(takesOther)
    goals.push(isGoal)
  }

  return assemble(world, {
    kind: goal.kind,
    toolClass,
    treatment,
    objects,
    roles,
    held,
    receptacles,
    accepts,
    goals,
    special,
    constraint,
  })
}

interface Parts {
  kind: PlanningKind
  toolClass: string | undefined
  treatment: 'clean' | 'heat' | 'cool' | undefined
  objects: WorldObject[]
  roles: number[]
  held: number
  receptacles: WorldReceptacle[]
  accepts: { target: number[]; other: number[] }
  goals: number[]
  special: Set<string>
  constraint: PlanConstraint
}

function assemble(world: WorldState, parts: Parts): PlanningProblem {
  const { kind, toolClass, treatment, objects, roles, held, receptacles, accepts, goals, special, constraint } = parts
  const count = receptacles.length
  const placeOf = new Int32Array(count)
  const placeIndex = new Map<string, number>()
  const closed = new Uint8Array(count)
  const isTool = new Uint8Array(count)
  const isSpecial = new Uint8Array(count)
  const index = new Map<string, number>()
  for (let r = 0; r < count; r++) {
    const receptacle = receptacles[r]!
    let place = placeIndex.get(receptacle.location)
    if (place === undefined) {
      place = placeIndex.size + 1
      placeIndex.set(receptacle.location, place)
    }
    placeOf[r] = place
    closed[r] = receptacle.openable && !receptacle.open ? 1 : 0
    isTool[r] = receptacle.type === toolClass ? 1 : 0
    isSpecial[r] = goals[r] === 1 || special.has(receptacle.name) ? 1 : 0
    index.set(receptacle.name, r)
  }
  const listed = new Uint8Array(objects.length * count)
  const treated = new Uint8Array(objects.length)
  const toggled = new Uint8Array(objects.length)
  let required = -1
  for (let o = 0; o < objects.length; o++) {
    const object = objects[o]!
    for (const receptacle of object.receptacles) {
      const r = index.get(receptacle)
      if (r !== undefined) listed[o * count + r] = 1
    }
    treated[o] = isTreated(object, treatment) ? 1 : 0
    toggled[o] = object.toggled ? 1 : 0
    if (object.name === constraint.object) required = o
  }
  return {
    kind,
    receptacles,
    placeOf,
    places: placeIndex.size + 1,
    isGoal: Uint8Array.from(goals),
    isTool,
    acceptsTarget: Uint8Array.from(accepts.target),
    acceptsOther: Uint8Array.from(accepts.other),
    isSpecial,
    closed,
    objects,
    role: Uint8Array.from(roles),
    required,
    listed,
    treated,
    toggled,
    place: placeIndex.get(world.location) ?? 0,
    held,
  }
}

function isTreatable(object: WorldObject, treatment: 'clean' | 'heat' | 'cool' | undefined): boolean {
  return (
    treatment === undefined ||
    (treatment === 'clean' ? object.cleanable : treatment === 'heat' ? object.heatable : object.coolable)
  )
}

function isTreated(object: WorldObject, treatment: 'clean' | 'heat' | 'cool' | undefined): boolean {
  return (
    treatment === undefined || (treatment === 'clean' ? object.clean : treatment === 'heat' ? object.hot : object.cool)
  )
}

/** A pair needs a second object beside the one asked for; any other goal is reached with that one alone. */
function allows(kind: PlanningKind, object: WorldObject, constraint: PlanConstraint): boolean {
  return kind === 'two' || constraint.object === undefined || constraint.object === object.name
}
