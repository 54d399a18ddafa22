import type { Goal, WorldState } from '../world-state.ts'

/** Ids behind the names of a generated world. */
export interface ProblemIds {
  readonly name: string
  /** Receptacle name -> id; object name -> id. */
  readonly ids: ReadonlyMap<string, string>
}

const treated = {
  clean: ['cleanable', 'isClean'],
  heat: ['heatable', 'isHot'],
  cool: ['coolable', 'isCool'],
} as const

const properties = ['pickupable', 'cleanable', 'heatable', 'coolable', 'toggleable', 'sliceable'] as const

/** The PDDL problem whose initial state is this world (nothing held, opened or treated). */
export function problemText(world: WorldState, { name, ids }: ProblemIds): string {
  const locations = new Map<string, string>()
  const location = (place: string) => {
    const known = locations.get(place)
    if (known !== undefined) return known
    const id = `loc_bar_${locations.size}_bar_0`
    locations.set(place, id)
    return id
  }
  const objects: string[] = ['agent1 - agent']
  const init: string[] = [`(atLocation agent1 ${location(world.location)})`]
  const receptacleTypes = new Set<string>()
  const objectTypes = new Set<string>()
  const placeOf = new Map<string, string>()
  for (const receptacle of world.receptacles) {
    const id = ids.get(receptacle.name)!
    placeOf.set(receptacle.name, location(receptacle.location))
    receptacleTypes.add(receptacle.type)
    objects.push(`${id} - receptacle`)
    init.push(
      `(receptacleType ${id} ${typeId(receptacle.type)})`,
      `(receptacleAtLocation ${id} ${placeOf.get(receptacle.name)})`,
    )
    if (receptacle.openable) init.push(`(openable ${id})`)
  }
  for (const object of world.objects) {
    const id = ids.get(object.name)!
    objectTypes.add(object.type)
    objects.push(`${id} - object`)
    init.push(`(objectType ${id} ${typeId(object.type)})`)
    for (const property of properties) if (object[property]) init.push(`(${property} ${id})`)
    for (const receptacle of object.receptacles)
      init.push(`(inReceptacle ${id} ${ids.get(receptacle)})`, `(objectAtLocation ${id} ${placeOf.get(receptacle)})`)
  }
  for (const type of receptacleTypes)
    for (const content of world.canContain.get(type) ?? [])
      if (objectTypes.has(content)) init.push(`(canContain ${typeId(type)} ${typeId(content)})`)
  for (const id of locations.values()) objects.push(`${id} - location`)
  // The rules name these classes, also in rooms without a sink, microwave, fridge or knife.
  for (const type of new Set([...receptacleTypes, 'sinkbasin', 'microwave', 'fridge']))
    objects.push(`${typeId(type)} - rtype`)
  for (const type of new Set([...objectTypes, 'knife', 'butterknife'])) objects.push(`${typeId(type)} - otype`)
  return `(define (problem ${name})
  (:domain household)
  (:objects
    ${objects.join('\n    ')}
  )
  (:init
    ${init.join('\n    ')}
  )
  (:goal ${goalText(world.goal)})
)
`
}

function goalText(goal: Goal): string {
  if (goal.kind === 'other') throw new TypeError('a generated game needs one of the six goals')
  const object = typeId(goal.object)
  if (goal.kind === 'look')
    return `(and
    (exists (?t - object ?r - receptacle ?a - agent ?l - location)
      (and (objectType ?t ${typeId(goal.lamp)}) (toggleable ?t) (isToggled ?t) (receptacleAtLocation ?r ?l) (atLocation ?a ?l) (inReceptacle ?t ?r)))
    (exists (?o - object ?a - agent) (and (objectType ?o ${object}) (holds ?a ?o))))`
  const receptacle = typeId(goal.receptacle)
  if (goal.kind === 'two')
    return `(exists (?r - receptacle) (exists (?o1 - object)
    (and (objectType ?o1 ${object}) (receptacleType ?r ${receptacle}) (inReceptacle ?o1 ?r)
      (exists (?o2 - object) (and (not (= ?o1 ?o2)) (objectType ?o2 ${object}) (receptacleType ?r ${receptacle}) (inReceptacle ?o2 ?r))))))`
  const extra = goal.kind === 'place' ? '' : treated[goal.kind].map((predicate) => ` (${predicate} ?o)`).join('')
  return `(exists (?r - receptacle) (exists (?o - object)
    (and (objectType ?o ${object}) (receptacleType ?r ${receptacle})${extra} (inReceptacle ?o ?r))))`
}

/** `sinkbasin` -> `sinkbasintype`: PDDL names are lower case once read. */
function typeId(type: string): string {
  return `${type}type`
}
