import type { Random } from '../../../support/random.ts'
import { nameEntities } from '../naming.ts'
import type { WorldObject, WorldState } from '../world-state.ts'
import { containment, objectProperties } from './class-properties.ts'
import { entityId } from './entity-id.ts'
import type { ObjectStatistics } from './read-room-statistics.ts'
import { drawCount, type RoomPlan } from './room-plan.ts'
import { roomStatistics } from './room-statistics.ts'
import { forbiddenPlaces, type GeneratedGoal } from './task-choice.ts'

/** A world at its start, and the ids behind its names. */
export interface FurnishedRoom {
  readonly world: WorldState
  readonly ids: ReadonlyMap<string, string>
}

interface Placed {
  readonly type: string
  readonly id: string
  /** Index of the receptacle. */
  readonly receptacle: number
  readonly isFixture: boolean
}

/**
 * Puts objects into a room by the statistics of its type. The goal's object is always there (twice at least, for pairs) but not yet where it belongs or
 * where it is treated, as in the official games; apart from that it lies where such objects lie.
 */
export function furnish(room: RoomPlan, goal: GeneratedGoal, random: Random): FurnishedRoom {
  const statistics = roomStatistics[room.type]
  const taken = new Set(room.receptacles.map((receptacle) => receptacle.id))
  const placed: Placed[] = []
  const put = (type: string, receptacle: number, isFixture: boolean) => {
    const { x, y } = room.receptacles[receptacle]!.position
    const position = { x: nearby(x, random), y: nearby(y, random) }
    placed.push({ type, id: entityId(type, position, taken), receptacle, isFixture })
  }
  for (const { type, receptacle } of room.fixtures) put(type, receptacle, true)
  const forbidden = forbiddenPlaces(goal)
  const instances = instancesByClass(room)
  for (const [type, row] of statistics.objects) {
    const isTarget = type === goal.object
    const present = random.next() < row.present
    if (!isTarget && !present) continue
    const places = placesFor(row, room, isTarget ? forbidden : undefined)
    if (places.length === 0) continue
    const least = isTarget && goal.kind === 'two' ? 2 : 1
    const counts = row.counts.filter(([count]) => count >= least)
    for (let left = counts.length > 0 ? drawCount(random, counts) : least; left > 0; left--) {
      const [place] = places[random.weighted(places.map(([, weight]) => weight))]!
      put(type, random.choice(instances.get(place)!), false)
    }
  }
  return name(room, goal, placed)
}

/** Where a class can lie in this room. A class of furniture that few rooms have holds more, where it is there, than its share over all rooms says. */
function placesFor(
  row: ObjectStatistics,
  room: RoomPlan,
  forbidden: ReadonlySet<string> | undefined,
): [string, number][] {
  const { receptacles } = roomStatistics[room.type]
  const classes = instancesByClass(room)
  return row.where.flatMap(([place, share]): [string, number][] =>
    classes.has(place) && !forbidden?.has(place) ? [[place, share / receptacles.get(place)!.present]] : [],
  )
}

const knownInstances = new WeakMap<RoomPlan, Map<string, number[]>>()

function instancesByClass(room: RoomPlan): Map<string, number[]> {
  let instances = knownInstances.get(room)
  if (instances === undefined) {
    instances = Map.groupBy(room.receptacles.keys(), (index) => room.receptacles[index]!.type)
    knownInstances.set(room, instances)
  }
  return instances
}

function name(room: RoomPlan, goal: GeneratedGoal, placed: readonly Placed[]): FurnishedRoom {
  const byId = new Map(placed.map((object) => [object.id, object]))
  const furniture = new Map(room.receptacles.map((receptacle) => [receptacle.id, receptacle]))
  const entities = nameEntities([...furniture.keys(), ...byId.keys()].sort())
  const nameOf = new Map(entities.map((entity) => [entity.id, entity.name]))
  const receptacles = entities.flatMap(({ id, name: own }) => {
    const receptacle = furniture.get(id)
    if (receptacle === undefined) return []
    const { type, place, openable } = receptacle
    return [{ name: own, type, location: `place ${place}`, openable, open: false }]
  })
  const objects = entities.flatMap(({ id, name: own }): WorldObject[] => {
    const object = byId.get(id)
    if (object === undefined) return []
    const receptacle = room.receptacles[object.receptacle]!
    const pickupable = !object.isFixture && canBePutBack(object.type, room)
    const state = { clean: false, hot: false, cool: false, on: false, toggled: false, sliced: false }
    const where = { receptacles: [nameOf.get(receptacle.id)!], location: `place ${receptacle.place}` }
    return [{ name: own, type: object.type, ...where, pickupable, ...objectProperties(object.type), ...state }]
  })
  const world: WorldState = { location: 'start', receptacles, objects, canContain: containment, goal }
  return { world, ids: new Map(entities.map(({ id, name: own }) => [own, id])) }
}

/** The official games let agents pick up things that nothing accepts (a teddy bear), which ends every hope; these rooms do not. */
function canBePutBack(type: string, room: RoomPlan): boolean {
  return room.receptacles.some((receptacle) => containment.get(receptacle.type)?.has(type))
}

function nearby(coordinate: number, random: Random): number {
  return coordinate + random.integer(61) - 30
}
