import { LAMP, type PlanningProblem, TARGET } from './planning-problem.ts'

/**
 * A number of commands that no plan from the problem's present state can beat; 0 exactly when the goal holds; Infinity when it cannot be reached.
 * It walks every way to serve the goal (object, where it is listed, tool, goal receptacle) and counts walks, doors and acts. It is the true
 * length except where the way to get rid of a wrong object doubles as something else.
 */
export function lowerBound(problem: PlanningProblem): number {
  if (problem.kind === 'two') return boundPair(problem)
  if (problem.kind === 'look') return boundLook(problem)
  return boundSingle(problem)
}

function boundSingle(problem: PlanningProblem): number {
  const { objects, role, receptacles, listed, placeOf, closed, treated, held, place } = problem
  const count = receptacles.length
  let best = Number.POSITIVE_INFINITY
  for (let o = 0; o < objects.length; o++) {
    if (role[o] !== TARGET) continue
    if (treated[o] === 1 && isListedInGoal(problem, o, -1)) return 0
    if (o === held) {
      best = Math.min(best, boundHeld(problem, o, place, -1))
      continue
    }
    if (!objects[o]!.pickupable) continue
    for (let r = 0; r < count; r++) {
      if (listed[o * count + r] === 0) continue
      const there = placeOf[r]!
      const fetch = (there === place ? 0 : 1) + closed[r]! + 1 + freeHand(problem, there)
      if (fetch < best) best = Math.min(best, fetch + boundHeld(problem, o, there, r))
    }
  }
  return best
}

/** From having the object in hand at a place (taken from receptacle `from`, now open, if not -1) to the goal. */
function boundHeld(problem: PlanningProblem, object: number, place: number, from: number): number {
  if (problem.treated[object] === 1) return boundDelivery(problem, object, place, from)
  let best = Number.POSITIVE_INFINITY
  for (let r = 0; r < problem.receptacles.length; r++) {
    if (problem.isTool[r] === 0) continue
    const there = problem.placeOf[r]!
    best = Math.min(best, (there === place ? 0 : 1) + 1 + boundDelivery(problem, object, there, from))
  }
  return best
}

function boundDelivery(problem: PlanningProblem, object: number, place: number, from: number): number {
  if (isListedInGoal(problem, object, from)) return 0
  let best = Number.POSITIVE_INFINITY
  for (let r = 0; r < problem.receptacles.length; r++) {
    if (problem.isGoal[r] === 0 || problem.acceptsTarget[r] === 0) continue
    const cost = (problem.placeOf[r] === place ? 0 : 1) + (r === from ? 0 : problem.closed[r]!) + 1
    if (cost < best) best = cost
  }
  return best
}

/** A few official objects are listed twice; the listing that was not taken from keeps counting for the goal. */
function isListedInGoal(problem: PlanningProblem, object: number, except: number): boolean {
  const count = problem.receptacles.length
  for (let r = 0; r < count; r++)
    if (r !== except && problem.isGoal[r] === 1 && problem.listed[object * count + r] === 1) return true
  return false
}

function boundPair(problem: PlanningProblem): number {
  const { objects, role, receptacles, listed, isGoal, acceptsTarget, placeOf, closed, required, held, place } = problem
  const count = receptacles.length
  let best = Number.POSITIVE_INFINITY
  for (let g = 0; g < count; g++) {
    if (isGoal[g] === 0) continue
    const toGoal = (placeOf[g] === place ? 0 : 1) + closed[g]! + 1
    for (let a = 0; a < objects.length; a++) {
      if (role[a] !== TARGET) continue
      for (let b = a + 1; b < objects.length; b++) {
        if (role[b] !== TARGET || (required >= 0 && a !== required && b !== required)) continue
        const hasA = listed[a * count + g] === 1
        const hasB = listed[b * count + g] === 1
        if (hasA && hasB) return 0
        if (acceptsTarget[g] === 0) continue
        let cost: number
        if (hasA || hasB) {
          const missing = hasA ? b : a
          cost = missing === held ? toGoal : boundFetch(problem, missing, g, place, closed[g]!, -1)
        } else if (held === a || held === b) {
          cost = toGoal + boundRound(problem, held === a ? b : a, g, -1)
        } else {
          cost = Math.min(boundTwoFetches(problem, a, b, g), boundTwoFetches(problem, b, a, g))
        }
        if (cost < best) best = cost
      }
    }
  }
  return best
}

/** With a hand that is empty, or emptied on the way: walk to the object, take it, put it into the goal receptacle. */
function boundFetch(
  problem: PlanningProblem,
  object: number,
  goal: number,
  place: number,
  door: number,
  only: number,
): number {
  if (!problem.objects[object]!.pickupable) return Number.POSITIVE_INFINITY
  const count = problem.receptacles.length
  const goalPlace = problem.placeOf[goal]!
  let best = Number.POSITIVE_INFINITY
  for (let r = 0; r < count; r++) {
    if (problem.listed[object * count + r] === 0 || (only >= 0 && r !== only)) continue
    const there = problem.placeOf[r]!
    const walks = (there === place ? 0 : 1) + (there === goalPlace ? 0 : 1)
    best = Math.min(best, walks + problem.closed[r]! + 1 + door + 1 + freeHand(problem, there))
  }
  return best
}

/** From the goal receptacle (open) with an empty hand, to the object and back. `opened` was opened before. */
function boundRound(problem: PlanningProblem, object: number, goal: number, opened: number): number {
  if (!problem.objects[object]!.pickupable) return Number.POSITIVE_INFINITY
  const count = problem.receptacles.length
  let best = Number.POSITIVE_INFINITY
  for (let r = 0; r < count; r++) {
    if (problem.listed[object * count + r] === 0) continue
    const walks = problem.placeOf[r] === problem.placeOf[goal] ? 0 : 2
    best = Math.min(best, walks + (r === opened ? 0 : problem.closed[r]!) + 2)
  }
  return best
}

function boundTwoFetches(problem: PlanningProblem, first: number, second: number, goal: number): number {
  const count = problem.receptacles.length
  let best = Number.POSITIVE_INFINITY
  for (let r = 0; r < count; r++) {
    if (problem.listed[first * count + r] === 0) continue
    const cost =
      boundFetch(problem, first, goal, problem.place, problem.closed[goal]!, r) + boundRound(problem, second, goal, r)
    if (cost < best) best = cost
  }
  return best
}

function boundLook(problem: PlanningProblem): number {
  const { objects, role, receptacles, listed, placeOf, closed, toggled, held, place } = problem
  const count = receptacles.length
  let best = Number.POSITIVE_INFINITY
  for (let lamp = 0; lamp < objects.length; lamp++) {
    if (role[lamp] !== LAMP) continue
    const toggle = toggled[lamp] === 1 ? 0 : 1
    for (let q = 0; q < count; q++) {
      // A lamp in the hand has to be put down first, wherever that may be.
      if (listed[lamp * count + q] === 0 && lamp !== held) continue
      const lampPlace = placeOf[q]!
      for (let o = 0; o < objects.length; o++) {
        if (role[o] !== TARGET) continue
        if (o === held) {
          best = Math.min(best, (lampPlace === place ? 0 : 1) + toggle)
          continue
        }
        if (!objects[o]!.pickupable) continue
        for (let r = 0; r < count; r++) {
          if (listed[o * count + r] === 0) continue
          const there = placeOf[r]!
          const carry = lamp === held || there === lampPlace ? 0 : 1
          const cost = (there === place ? 0 : 1) + closed[r]! + 1 + carry + toggle
          if (cost < best) best = Math.min(best, cost + freeHand(problem, there))
        }
      }
    }
  }
  return best
}

/** Least cost of emptying the hand on the way from where the agent is to `next`: 0 with an empty hand. */
function freeHand(problem: PlanningProblem, next: number): number {
  const { held, place, placeOf, closed, isSpecial, receptacles } = problem
  if (held < 0) return 0
  const accepts = problem.role[held] === TARGET ? problem.acceptsTarget : problem.acceptsOther
  const detour = place === next ? 2 : 1
  let best = Number.POSITIVE_INFINITY
  for (let r = 0; r < receptacles.length; r++) {
    if (accepts[r] === 0) continue
    const there = placeOf[r]!
    // A special door may have to be opened anyway and is then counted elsewhere.
    const cost = (there === place || there === next ? 0 : detour) + (isSpecial[r] === 1 ? 0 : closed[r]!)
    if (cost < best) best = cost
    if (best === 0) break
  }
  return best + 1
}
