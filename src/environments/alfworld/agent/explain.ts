import type { Belief } from '../belief.ts'
import { parseCommand } from '../command.ts'
import { typeOf } from '../names.ts'
import { kindOf } from './kinds.ts'

/**
 * Says why an action is sensible, from the history alone (causal: only the past, nothing hidden). Labels demonstrations that have no reasons
 * (paper E.1.3) and words the corrections of the scripted teacher; short, with the test that matters stated first.
 */
export function explain(belief: Belief, action: string): string {
  const { goal } = belief
  const held = belief.holding
  const object = goal.object
  const command = parseCommand(action)
  const target = 'target' in command ? command.target : ''
  switch (kindOf(belief, action)) {
    case 'search': {
      const wanted = held !== undefined ? 'desklamp' : object
      const here = belief.here.length > 0 ? `I see no ${wanted} here. ` : ''
      return `${here}I need a ${wanted}. I have not looked at ${target}.`
    }
    case 'open-search':
      return `${target} is closed. I have not looked inside.`
    case 'recall':
      return `I need a ${object}. I saw one at ${target}.`
    case 'take':
      return `I need a ${object} and I see one here.`
    case 'appliance':
      return `I hold the ${object}. I have to ${goal.kind} it with a ${typeOf(target)}.`
    case 'treat':
      return `I hold the ${object}. I can ${goal.kind} it here.`
    case 'goal':
      return goal.kind === 'look'
        ? `I hold the ${object}. I saw a desklamp at ${target}.`
        : `I hold the ${object}${ready(belief)}. It belongs in a ${goal.receptacle}.`
    case 'open':
      return `${target} is closed. I have to open it first.`
    case 'deliver':
      return `I hold the ${object}${ready(belief)}. I can put it here.`
    case 'lamp':
      return `I hold the ${object} and I see a lamp here.`
    case 'drop':
      return `I hold a ${held === undefined ? 'thing' : typeOf(held)} but I need a ${object}. I put it down.`
    default:
      return `I need a ${object}.`
  }
}

function ready(belief: Belief): string {
  const { kind } = belief.goal
  return kind === 'clean'
    ? ' and it is clean'
    : kind === 'heat'
      ? ' and it is hot'
      : kind === 'cool'
        ? ' and it is cool'
        : ''
}
