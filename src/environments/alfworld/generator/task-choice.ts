import { treatmentTool } from '../planner/planning-problem.ts'
import type { Goal } from '../world-state.ts'
import { containment } from './class-properties.ts'
import type { RoomPlan } from './room-plan.ts'
import { type RoomType, roomStatistics } from './room-statistics.ts'
import { type TaskType, taskTargets } from './task-targets.ts'

export type GeneratedGoal = Exclude<Goal, { kind: 'other' }>

export const taskKinds: Readonly<Record<TaskType, GeneratedGoal['kind']>> = {
  pick_and_place_simple: 'place',
  look_at_obj_in_light: 'look',
  pick_clean_then_place_in_recep: 'clean',
  pick_heat_then_place_in_recep: 'heat',
  pick_cool_then_place_in_recep: 'cool',
  pick_two_obj_and_place: 'two',
}

/** Games of each type in the official training split: the default mixture. */
export const officialMix: Readonly<Record<TaskType, number>> = {
  pick_and_place_simple: 790,
  look_at_obj_in_light: 308,
  pick_clean_then_place_in_recep: 650,
  pick_heat_then_place_in_recep: 459,
  pick_cool_then_place_in_recep: 533,
  pick_two_obj_and_place: 813,
}

/** In how many official games each type is set in each type of room. */
export const taskRooms: Readonly<Record<TaskType, Partial<Record<RoomType, number>>>> = {
  pick_and_place_simple: { bathroom: 280, bedroom: 251, kitchen: 92, living: 226 },
  look_at_obj_in_light: { bedroom: 286, living: 53 },
  pick_clean_then_place_in_recep: { bathroom: 167, kitchen: 541 },
  pick_heat_then_place_in_recep: { kitchen: 498 },
  pick_cool_then_place_in_recep: { kitchen: 579 },
  pick_two_obj_and_place: { bathroom: 248, bedroom: 249, kitchen: 131, living: 226 },
}

/** A goal that a room allows, and how often it should be drawn. */
export interface PossibleGoal {
  readonly goal: GeneratedGoal
  readonly weight: number
}

/** Receptacle classes that must not hold the goal's object at the start: its destination, and the tool that treats it. */
export function forbiddenPlaces(goal: GeneratedGoal): ReadonlySet<string> {
  const forbidden = new Set<string>()
  if (goal.kind !== 'look') forbidden.add(goal.receptacle)
  if (goal.kind === 'clean' || goal.kind === 'heat' || goal.kind === 'cool') forbidden.add(treatmentTool[goal.kind])
  return forbidden
}

/** All goals of a type that can be set in this room: object and destination occur there, fit, and the tool or lamp is at hand. */
export function possibleGoals(type: TaskType, room: RoomPlan): PossibleGoal[] {
  const kind = taskKinds[type]
  const classes = new Set(room.receptacles.map((receptacle) => receptacle.type))
  if ((kind === 'clean' || kind === 'heat' || kind === 'cool') && !classes.has(treatmentTool[kind])) return []
  const found: PossibleGoal[] = []
  for (const { object, goals } of taskTargets[type]) {
    const statistics = roomStatistics[room.type].objects.get(object)
    if (statistics === undefined) continue
    for (const [destination, weight] of goals) {
      const goal: GeneratedGoal =
        kind === 'look' ? { kind, object, lamp: destination } : { kind, object, receptacle: destination }
      const reachable =
        kind === 'look'
          ? room.fixtures.some((fixture) => fixture.type === destination)
          : classes.has(destination) && containment.get(destination)?.has(object) === true
      const forbidden = forbiddenPlaces(goal)
      const placeable = statistics.where.some(([place]) => classes.has(place) && !forbidden.has(place))
      if (reachable && placeable) found.push({ goal, weight })
    }
  }
  return found
}
