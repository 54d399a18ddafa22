import type { Belief } from '../belief.ts'
import { typeOf } from '../names.ts'

/** In tasks with a pair, the receptacle that already holds one of the two, and which: the other belongs there too. */
export function chosenHome(belief: Belief): { object: string; place: string } | undefined {
  const { goal } = belief
  if (goal.kind !== 'two') return undefined
  const found = belief.whereIs(goal.object).find(([, place]) => typeOf(place) === goal.receptacle)
  return found && { object: found[0], place: found[1] }
}
