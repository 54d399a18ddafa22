import { createRandom, type Random } from '../../../support/random.ts'
import { entityId, type Position } from './entity-id.ts'
import type { ReceptacleStatistics, WeightedCount } from './read-room-statistics.ts'
import { type RoomType, roomStatistics } from './room-statistics.ts'

/** A piece of furniture that holds things. */
export interface PlannedReceptacle {
  readonly type: string
  readonly id: string
  readonly position: Position
  /** Index of the place from which it is used; shared by some. */
  readonly place: number
  readonly openable: boolean
}

/** A thing that stays where it is: lamp, plant, television. */
export interface PlannedFixture {
  readonly type: string
  /** Index of the receptacle that it stands in or on. */
  readonly receptacle: number
}

/** A room with its furniture, which all games in it share (ALFRED's floor plan). */
export interface RoomPlan {
  /** `k07`: first letter of the room type and a number; numbers of training rooms come before those of unseen ones. */
  readonly name: string
  readonly type: RoomType
  readonly receptacles: readonly PlannedReceptacle[]
  readonly fixtures: readonly PlannedFixture[]
  readonly places: number
}

/** Rooms of one type that belong together: all training rooms, or all unseen ones. */
export interface RoomGroup {
  readonly seed: number | string
  readonly type: RoomType
  /** Number of the first room, from 1. */
  readonly first: number
  readonly size: number
}

const initials: Readonly<Record<RoomType, string>> = { kitchen: 'k', living: 'l', bedroom: 'b', bathroom: 'w' }

/** Fewest and most receptacles in official rooms of the type. A room with few classes may have less. */
const sizes: Readonly<Record<RoomType, readonly [number, number]>> = {
  kitchen: [20, 54],
  living: [6, 35],
  bedroom: [7, 27],
  bathroom: [10, 21],
}

/** Classes that official rooms put side by side with another class, so that both are used from one place. */
const neighbours: Readonly<Record<string, string>> = {
  toaster: 'countertop',
  coffeemachine: 'countertop',
  tvstand: 'drawer',
  dresser: 'drawer',
}

/**
 * Draws the rooms of a group. Whether a room has a class at all is spread over the group (a class of 54% is in 54% of the rooms, give or take one, also in a
 * small group); counts, doors and shared places are drawn per room. The same group gives the same rooms.
 */
export function planRooms(group: RoomGroup): RoomPlan[] {
  const { receptacles, fixtures } = roomStatistics[group.type]
  const presence = new Map<string, boolean[]>()
  for (const [type, { present }] of [...receptacles, ...fixtures]) presence.set(type, spread(group, type, present))
  return Array.from({ length: group.size }, (_, index) => {
    const random = createRandom(group.seed, 'room', group.type, group.first + index)
    return planRoom(group, index, random, (type) => presence.get(type)![index]!)
  })
}

function planRoom(group: RoomGroup, index: number, random: Random, has: (type: string) => boolean): RoomPlan {
  const [least, most] = sizes[group.type]
  let plan = drawRoom(group, index, random, has)
  for (let redraw = 0; redraw < 100; redraw++) {
    if (plan.receptacles.length >= least && plan.receptacles.length <= most) break
    plan = drawRoom(group, index, random, has)
  }
  return plan
}

function drawRoom(group: RoomGroup, index: number, random: Random, has: (type: string) => boolean): RoomPlan {
  const statistics = roomStatistics[group.type]
  const taken = new Set<string>()
  const receptacles: PlannedReceptacle[] = []
  let places = 0
  for (const [type, row] of statistics.receptacles) {
    if (!has(type)) continue
    const paired = pairing(row)
    let open = false
    for (let left = drawCount(random, row.counts); left > 0; left--) {
      const neighbour = neighbours[type]
      const beside = neighbour === undefined ? undefined : receptacles.find((other) => other.type === neighbour)
      const joins: boolean =
        neighbour === undefined ? open && random.next() < paired : beside !== undefined && random.next() < row.shared
      const place = !joins ? places++ : (beside ?? receptacles.at(-1)!).place
      open = !joins
      const position = { x: random.integer(801) - 400, y: random.integer(801) - 400 }
      const id = entityId(type, position, taken)
      receptacles.push({ type, id, position, place, openable: random.next() < row.openable })
    }
  }
  const fixtures: PlannedFixture[] = []
  for (const [type, row] of statistics.fixtures) {
    if (!has(type)) continue
    const able = row.where.filter(([receptacle]) => receptacles.some((one) => one.type === receptacle))
    if (able.length === 0) continue
    const [chosen] = able[random.weighted(able.map(([, share]) => share))]!
    const indices = receptacles.flatMap((one, i) => (one.type === chosen ? [i] : []))
    fixtures.push({ type, receptacle: random.choice(indices) })
  }
  const name = `${initials[group.type]}${String(group.first + index).padStart(2, '0')}`
  return { name, type: group.type, receptacles, fixtures, places }
}

/** Which rooms of a group have a class: evenly spaced over the rooms in an order of its own, at least one room where the share is 20% or more. */
function spread({ seed, type, first, size }: RoomGroup, receptacle: string, share: number): boolean[] {
  const random = createRandom(seed, 'presence', type, first, receptacle)
  const wanted = size * share
  let count = Math.floor(wanted) + (random.next() < wanted - Math.floor(wanted) ? 1 : 0)
  if (count === 0 && share >= 0.2) count = Math.min(1, size)
  const chosen = new Set(random.shuffle(Array.from({ length: size }, (_, i) => i)).slice(0, count))
  return Array.from({ length: size }, (_, i) => chosen.has(i))
}

/** Chance that an instance joins the one before it, so that the share of instances which share a place comes out as counted: with chance q, pairs hold 2q / (1 + q). */
function pairing({ shared }: ReceptacleStatistics): number {
  return shared / (2 - shared)
}

export function drawCount(random: Random, counts: readonly WeightedCount[]): number {
  return counts[random.weighted(counts.map(([, weight]) => weight))]![0]
}
