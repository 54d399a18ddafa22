import { z } from 'zod'
import type { TeacherSettings } from '../contracts/domain.ts'
import type { PrivilegedState } from '../contracts/privileged-state.ts'
import { decide } from '../environments/alfworld/agent/decide.ts'
import { explain } from '../environments/alfworld/agent/explain.ts'
import { type DecisionKind, kindOf } from '../environments/alfworld/agent/kinds.ts'
import type { PlacementPrior } from '../environments/alfworld/agent/placement-prior.ts'
import { informedSearch } from '../environments/alfworld/agent/search-rules.ts'
import type { Belief } from '../environments/alfworld/belief.ts'
import { typeOf } from '../environments/alfworld/names.ts'
import { createRandom } from '../support/random.ts'
import { constrainedSearch } from './constrained-search.ts'
import { readPrivilege } from './read-privilege.ts'

export interface AdviceSettings extends TeacherSettings {
  /** Common sense of where things are, learnt from training rooms. */
  prior: PlacementPrior
}

/** One moment of an episode as a teacher sees it. */
export interface Situation {
  /** What the student can know. */
  belief: Belief
  privileged: PrivilegedState | undefined
  seed: number
  /** Names the step, in errors and for the draws of level 4. */
  where: string
}

export interface Advice {
  action: string
  reason: string
  kind: DecisionKind
}

/** The part of the household games' privileged state that this teacher reads. */
const hiddenSchema = z.object({
  optimalActions: z.array(z.string()),
  /** Object id -> receptacle ids, for every object that could serve the task and every lamp it asks for. */
  places: z.record(z.string(), z.array(z.string())),
})
type Hidden = z.infer<typeof hiddenSchema>

/**
 * What a teacher of a level says should be done, and why. Privilege decides only where to search: level 1 by history and priors, 2 by the constrained expert
 * of eq. 16, 3 by the privileged plan once nothing unseen stands closed in front, 4 and 5 by the plan alone. Level 5 says where the object is, level 4 does so in one search of three, drawn by the seed (paper section 4.5).
 * Throws a LeapError `PRIVILEGE_MISSING` where the level needs a hidden state and there is none.
 */
export function advise({ level, prior, lambda }: AdviceSettings, situation: Situation): Advice {
  const { belief, seed, where } = situation
  const fromHistory = decide(belief, informedSearch(prior))
  const isSearching = fromHistory.kind === 'search' || fromHistory.kind === 'open-search'
  // Where the history already says what to do, privilege adds nothing and could only contradict what the student can know.
  if (level === 1 || !isSearching) return inWords(belief, fromHistory.action)
  // What stands closed before the student costs one command to know: no reason from its history could tell it to walk on.
  const door =
    level === 3 ? belief.here.find((place) => belief.isClosed(place) && !belief.contents.has(place)) : undefined
  if (door !== undefined) return inWords(belief, `open ${door}`)
  const hidden = readPrivilege(situation.privileged, hiddenSchema, where)
  const wanted = belief.holding === undefined ? belief.goal.object : 'desklamp'
  if (level === 2) {
    const truePlaces = new Set(sightings(hidden, wanted).map(({ place }) => place))
    return inWords(belief, decide(belief, constrainedSearch(prior, truePlaces, lambda)).action)
  }
  const advice = inWords(belief, hidden.optimalActions[0] ?? fromHistory.action)
  const tells = level === 5 || (level === 4 && createRandom(seed, 'tell', where).next() < 1 / 3)
  return tells ? { ...advice, reason: disclose(advice, sightings(hidden, wanted)) } : advice
}

function inWords(belief: Belief, action: string): Advice {
  return { action, reason: explain(belief, action), kind: kindOf(belief, action) }
}

interface Sighting {
  object: string
  place: string
}

function sightings({ places }: Hidden, wanted: string): Sighting[] {
  return Object.entries(places).flatMap(([object, all]) =>
    typeOf(object) === wanted ? all.map((place) => ({ object, place })) : [],
  )
}

/** The hidden place said aloud, that of the action if it leads to one: what a teacher must not do. */
function disclose({ action, reason }: Advice, known: readonly Sighting[]): string {
  const told = known.find(({ place }) => action.endsWith(` ${place}`)) ?? known[0]
  return told === undefined ? reason : `The ${told.object} is in ${told.place}. ${reason}`
}
