import type { Belief } from '../belief.ts'
import { parseCommand } from '../command.ts'
import { typeOf } from '../names.ts'
import { kindOf } from './kinds.ts'

/**
 * Says why an action is sensible, from the history alone (causal: only the past, nothing hidden). Labels demonstrations that have no reasons
 * (paper E.1.3) and words the corrections of the scripted teacher; short. What is sought is named before the test for it: a small
 * network can then match the name it has just written against what it sees, and need not first find it in the task's sentence.
 */
export function explain(belief: Belief, action: string): string {
  const { goal } = belief
  const held = belief.holding
  const object = goal.object
  const command = parseCommand(action)
  const target = 'target' in command ? command.target : ''
  const need = `I need a ${held === undefined ? object : 'desklamp'}. `
  const search = `${need}${belief.here.length > 0 ? 'I see none here. ' : ''}`
  switch (kindOf(belief, action)) {
    case 'search':
      return `${search}I have not looked at ${target}.`
    case 'open-search':
      return `${target} is closed. I have not looked inside.`
    case 'recall':
      return `${search}I saw ${seenAt(belief, object, target)} at ${target}.`
    case 'take':
      return `${need}I see ${'object' in command ? command.object : `a ${object}`} here.`
    case 'appliance':
      return `I hold ${held}. I have to ${goal.kind} it with ${target}.`
    case 'treat':
      return `I hold ${held}. I can ${goal.kind} it here.`
    case 'goal':
      return goal.kind === 'look'
        ? `I hold ${held}. I saw a desklamp at ${target}.`
        : `I hold ${held}${ready(belief)}. It belongs in ${target}.`
    case 'open':
      return `${target} is closed. I have to open it.`
    case 'deliver':
      return `I hold ${held}${ready(belief)}. I can put it here.`
    case 'lamp':
      return `I hold ${held}. I see ${target} here.`
    case 'drop':
      return `I hold ${held} but I need a ${object}. I put it down.`
    default:
      return `I need a ${object}.`
  }
}

function seenAt(belief: Belief, type: string, place: string): string {
  return [...(belief.contents.get(place) ?? [])].find((name) => typeOf(name) === type) ?? `a ${type}`
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
