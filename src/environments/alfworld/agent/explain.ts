import type { Belief } from '../belief.ts'
import { parseCommand } from '../command.ts'
import { typeOf } from '../names.ts'
import { chosenHome } from './chosen-home.ts'
import { kindOf } from './kinds.ts'

/**
 * Says why an action is sensible, from the history alone (causal: only the past, nothing hidden). Labels demonstrations that have no reasons
 * (paper E.1.3) and words the corrections of the scripted teacher. What is sought, held or done is named before the test for it: a small network
 * can then match the name it has just written against what it reads, and need not find it in the task's sentence at the same time.
 */
export function explain(belief: Belief, action: string): string {
  const { goal } = belief
  const command = parseCommand(action)
  const target = 'target' in command ? command.target : ''
  switch (kindOf(belief, action)) {
    case 'search':
      return `${seek(belief)}${none(belief)}I have not looked at ${target}.`
    case 'open-search':
      return `${target} is closed. I have not looked inside.`
    case 'recall':
      return `${seek(belief)}${none(belief)}I saw ${seenAt(belief, goal.object, target)} at ${target}.`
    case 'take':
      return `${seek(belief)}I see ${'object' in command ? command.object : `a ${goal.object}`} here.`
    case 'appliance':
      return `${held(belief)}I have to ${goal.kind} it with ${target}.`
    case 'treat':
      return `${held(belief)}I can ${goal.kind} it here.`
    case 'goal':
      return goal.kind === 'look'
        ? `${seek(belief)}I saw ${seenAt(belief, 'desklamp', target)} at ${target}.`
        : `${held(belief)}It belongs in a ${goal.receptacle}. I go to ${target}.`
    case 'open':
      return `${target} is closed. I have to open it.`
    case 'deliver':
      return `${held(belief)}It belongs in a ${goal.receptacle}. I can put it here.`
    case 'lamp':
      return `${seek(belief)}I see ${target} here.`
    case 'drop':
      return `${held(belief)}I put it down.`
    default:
      return `I need a ${goal.object}.`
  }
}

/** What is to be found next. */
function seek(belief: Belief): string {
  const { goal, holding } = belief
  if (holding !== undefined) return `${held(belief)}I need a desklamp. `
  const home = chosenHome(belief)
  return home ? `${home.object} is in ${home.place}. I need another ${goal.object}. ` : `I need a ${goal.object}. `
}

function none({ here }: Belief): string {
  return here.length > 0 ? 'I see none here. ' : ''
}

const past = { clean: 'cleaned', heat: 'heated', cool: 'cooled' } as const

/** What is in the hand, whether it is of the right class, and whether it has been treated. */
function held({ goal, holding, done }: Belief): string {
  const hold = `I need a ${goal.object}. I hold ${holding}. `
  if (holding === undefined || typeOf(holding) !== goal.object) return `${hold}That is none. `
  if (goal.kind !== 'clean' && goal.kind !== 'heat' && goal.kind !== 'cool') return hold
  return `${hold}I have ${done.get(holding)?.has(goal.kind) ? '' : 'not '}${past[goal.kind]} ${holding}. `
}

function seenAt(belief: Belief, type: string, place: string): string {
  return [...(belief.contents.get(place) ?? [])].find((name) => typeOf(name) === type) ?? `a ${type}`
}
