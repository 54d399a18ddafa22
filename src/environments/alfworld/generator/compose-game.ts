import { LeapError } from '../../../contracts/error.ts'
import type { Random } from '../../../support/random.ts'
import { moveShapes } from '../planner/command-shapes.ts'
import type { Plan } from '../planner/plan.ts'
import { planVia } from '../planner/plan-from.ts'
import type { WorldState } from '../world-state.ts'
import { type FurnishedRoom, furnish } from './furnish.ts'
import type { RoomPlan } from './room-plan.ts'
import type { GeneratedGoal, PossibleGoal } from './task-choice.ts'

/** A game as drawn, before it is written down. */
export interface ComposedGame extends FurnishedRoom {
  readonly goal: GeneratedGoal
  readonly walkthrough: readonly string[]
}

/** Shortest and longest solution that an official game has. */
const shortest = 3
const longest = 10

/** Chance to keep a game all of whose objects of the goal's class are behind doors; official games rarely have that (0 to 9% by kind). */
const keepHidden: Readonly<Record<GeneratedGoal['kind'], number>> = {
  place: 0.25,
  look: 0,
  clean: 0.35,
  heat: 0.5,
  cool: 1,
  two: 0.15,
}

/**
 * Draws a goal and furnishes the room until the planner finds that the game is solvable, not won at the start, and as long as official games are (3 to 10 commands).
 *
 * @throws LeapError `GENERATOR_STUCK` if the room does not allow such a game.
 */
export function composeGame(room: RoomPlan, goals: readonly PossibleGoal[], random: Random): ComposedGame {
  const weights = goals.map(({ weight }) => weight)
  for (let attempt = 0; attempt < 500; attempt++) {
    const { goal } = goals[random.weighted(weights)]!
    const furnished = furnish(room, goal, random)
    if (isHidden(furnished.world, goal) && random.next() >= keepHidden[goal.kind]) continue
    const plan: Plan | undefined = planVia(furnished.world, moveShapes)
    if (plan === undefined || plan.commands.length < shortest || plan.commands.length > longest) continue
    return { ...furnished, goal, walkthrough: byRandomObject(furnished.world, plan, random).commands }
  }
  throw new LeapError({
    code: 'GENERATOR_STUCK',
    message: `room ${room.name} allowed no solvable game of kind ${goals[0]?.goal.kind} in 500 attempts`,
    remedy: 'Use another seed, or more rooms per type.',
  })
}

function isHidden(world: WorldState, goal: GeneratedGoal): boolean {
  const shut = new Set(world.receptacles.filter(({ openable }) => openable).map(({ name }) => name))
  return world.objects.every(
    ({ type, receptacles }) => type !== goal.object || receptacles.every((name) => shut.has(name)),
  )
}

/** One of the shortest plans, by any of the objects that allow one: walkthroughs then find objects where such objects are, not where a tie rule points. */
function byRandomObject(world: WorldState, plan: Plan, random: Random): Plan {
  const { goal } = world
  if (goal.kind === 'other') return plan
  const plans = world.objects.flatMap(({ name, type }) => {
    const own = type === goal.object ? planVia(world, moveShapes, { object: name }) : undefined
    return own?.commands.length === plan.commands.length ? [own] : []
  })
  return random.choice(plans)
}
