import type { Belief } from '../belief.ts'
import { parseCommand } from '../command.ts'
import { typeOf } from '../names.ts'

/**
 * What a decision is for. `search`/`open-search`: the object (or lamp) has not been seen; `recall`: it was seen elsewhere; `take`; `appliance`:
 * on the way to be treated; `treat`; `goal`: on the way to where it belongs; `open`: a door in the way of that; `deliver`; `lamp`; `drop`: get rid of a wrong object.
 */
export type DecisionKind =
  | 'search'
  | 'open-search'
  | 'recall'
  | 'take'
  | 'appliance'
  | 'treat'
  | 'goal'
  | 'open'
  | 'deliver'
  | 'lamp'
  | 'drop'
  | 'other'

/** The command among the candidates that puts the object there, in either text version. */
export function putCommand(candidates: ReadonlySet<string>, object: string, place: string): string | undefined {
  return [`move ${object} to ${place}`, `put ${object} in/on ${place}`].find((action) => candidates.has(action))
}

/** Tells from the history alone what an action is for. */
export function kindOf(belief: Belief, action: string): DecisionKind {
  const { goal, holding } = belief
  const command = parseCommand(action)
  const right = holding !== undefined && typeOf(holding) === goal.object
  const needsTreatment =
    right &&
    (goal.kind === 'clean' || goal.kind === 'heat' || goal.kind === 'cool') &&
    !belief.done.get(holding)?.has(goal.kind)
  switch (command.verb) {
    case 'take':
      return typeOf(command.object) === goal.object ? 'take' : 'other'
    case 'clean':
    case 'heat':
    case 'cool':
      return right ? 'treat' : 'other'
    case 'use':
      return right ? 'lamp' : 'other'
    case 'put':
      if (typeOf(command.object) !== goal.object) return 'drop'
      // The right thing put down elsewhere, or before it is ready: no goal is served by that.
      return typeOf(command.target) === goal.receptacle && !needsTreatment ? 'deliver' : 'other'
    case 'go':
    case 'examine':
    case 'open': {
      const opening = command.verb === 'open'
      if (holding !== undefined && !right) return opening ? 'open' : 'drop'
      const wanted = right && goal.kind === 'look' ? 'desklamp' : goal.object
      if (!right || goal.kind === 'look') {
        const seen = [...(belief.contents.get(command.target) ?? [])].some((name) => typeOf(name) === wanted)
        if (seen) return opening ? 'open' : right ? 'goal' : 'recall'
        return belief.contents.has(command.target) ? 'other' : opening ? 'open-search' : 'search'
      }
      if (needsTreatment) return opening ? 'open' : 'appliance'
      return opening ? 'open' : 'goal'
    }
    default:
      return 'other'
  }
}
