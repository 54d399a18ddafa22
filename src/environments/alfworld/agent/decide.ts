import type { Belief } from '../belief.ts'
import { parseCommand } from '../command.ts'
import { typeOf } from '../names.ts'
import { chosenHome } from './chosen-home.ts'
import { type DecisionKind, putCommand } from './kinds.ts'

/** Chooses where to look next among receptacles whose contents have not been seen (never empty). */
export type SearchRule = (belief: Belief, unseen: readonly string[], type: string) => string

/** An action, and what it is for. */
export interface Choice {
  kind: DecisionKind
  action: string
}

const appliances = { clean: ['sinkbasin'], heat: ['microwave'], cool: ['fridge'] } as const

/**
 * The next action of an agent that knows only its history: follow the goal's sub-goals, go back to what was seen, and search by `rule`
 * otherwise. The unprivileged scripted agents, and the part of the constrained teacher (paper eq. 16) that is realizable by construction.
 */
export function decide(belief: Belief, rule: SearchRule): Choice {
  const { goal, holding } = belief
  if (holding !== undefined) {
    if (typeOf(holding) !== goal.object) return drop(belief, holding)
    if (goal.kind === 'look') return light(belief, rule)
    if (goal.kind === 'clean' || goal.kind === 'heat' || goal.kind === 'cool') {
      if (!belief.done.get(holding)?.has(goal.kind)) return treat(belief, holding, goal.kind)
    }
    return deliver(belief, holding)
  }
  const home = chosenHome(belief)?.place
  const known = belief.whereIs(goal.object).filter(([, place]) => place !== home && !finished(belief, place))
  for (const [object, place] of known) {
    const take = `take ${object} from ${place}`
    if (belief.can(take)) return { kind: 'take', action: take }
  }
  const first = known[0]
  if (first) return reach(belief, first[1], 'recall')
  return search(belief, rule, goal.object)
}

/** An object that this agent has put where it belongs stays there. */
function finished(belief: Belief, place: string): boolean {
  return belief.goal.kind === 'place' && typeOf(place) === belief.goal.receptacle
}

function search(belief: Belief, rule: SearchRule, type: string): Choice {
  const unseen = belief.unseen()
  if (unseen.length > 0) return reach(belief, rule(belief, unseen, type), 'search')
  const least = [...belief.receptacles].sort((a, b) => (belief.visits.get(a) ?? 0) - (belief.visits.get(b) ?? 0))[0]
  return least === undefined ? { kind: 'other', action: 'look' } : reach(belief, least, 'search')
}

/** Goes to a receptacle, opens it when standing before it, or looks into it when it shares the place. */
function reach(belief: Belief, place: string, kind: 'search' | 'recall' | 'goal'): Choice {
  if (belief.isClosed(place)) return { kind: kind === 'search' ? 'open-search' : 'open', action: `open ${place}` }
  const go = `go to ${place}`
  return belief.can(go) ? { kind, action: go } : { kind, action: `examine ${place}` }
}

function treat(belief: Belief, object: string, what: keyof typeof appliances): Choice {
  for (const place of belief.here) {
    const action = `${what} ${object} with ${place}`
    if (belief.can(action)) return { kind: 'treat', action }
  }
  const place = belief.receptacles.find((name) => appliances[what].some((type) => type === typeOf(name)))
  return place === undefined ? { kind: 'other', action: 'look' } : { kind: 'appliance', action: `go to ${place}` }
}

function deliver(belief: Belief, object: string): Choice {
  const homes = belief.receptacles.filter((name) => typeOf(name) === belief.goal.receptacle)
  const preferred = chosenHome(belief)?.place
  const here = belief.here.find((name) => (preferred ? name === preferred : homes.includes(name)))
  if (here !== undefined) {
    const put = putCommand(belief.candidates, object, here)
    if (put !== undefined) return { kind: 'deliver', action: put }
    if (belief.isClosed(here)) return { kind: 'open', action: `open ${here}` }
  }
  const home = preferred ?? homes[0]
  return home === undefined ? { kind: 'other', action: 'look' } : { kind: 'goal', action: `go to ${home}` }
}

function light(belief: Belief, rule: SearchRule): Choice {
  for (const action of belief.candidates) {
    const command = parseCommand(action)
    if (command.verb === 'use' && command.target.includes('lamp')) return { kind: 'lamp', action }
  }
  for (const [place, contents] of belief.contents)
    if ([...contents].some((name) => typeOf(name) === 'desklamp')) return reach(belief, place, 'goal')
  return search(belief, rule, 'desklamp')
}

function drop(belief: Belief, object: string): Choice {
  for (const place of belief.here) {
    const put = putCommand(belief.candidates, object, place)
    if (put !== undefined && typeOf(place) !== belief.goal.receptacle) return { kind: 'drop', action: put }
  }
  const place = belief.receptacles.find((name) => belief.can(`go to ${name}`) && typeOf(name) === 'countertop')
  const other = place ?? belief.receptacles.find((name) => belief.can(`go to ${name}`) && !belief.isClosed(name))
  return other === undefined ? { kind: 'other', action: 'look' } : { kind: 'drop', action: `go to ${other}` }
}
