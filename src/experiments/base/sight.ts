import type { Belief } from '../../environments/alfworld/belief.ts'
import { typeOf } from '../../environments/alfworld/names.ts'
import type { Random } from '../../support/random.ts'

/** What a question can be about: one moment of a walk through a room. */
export interface Sight {
  belief: Belief
  /** Object classes of this room and others, to ask about. */
  types: readonly string[]
  knowledge: Knowledge
}

/** Common knowledge of where things are, counted over rooms. */
export interface Knowledge {
  /** The receptacle class of one instance of an object class, drawn as often as things lie there. */
  draw(type: string, random: Random): string | undefined
  /** True if some room has such an object in such a receptacle. */
  holds(place: string, type: string): boolean
}

/** A question about one moment, and its answer as a student would write it. */
export interface Answerable {
  /** Stands where a task's sentence stands. */
  question: string
  reason: string
  /** The command, where the question asks for one. */
  action?: string
  /** Every answer (reason and action) that is right, where there are several. */
  isRight?: (answer: { reason: string; action: string }) => boolean
}

/** Things of a class that lie open before the agent. */
export function seenHere({ here, contents }: Belief, type: string): { object: string; place: string }[] {
  return here.flatMap((place) =>
    [...(contents.get(place) ?? [])].flatMap((object) => (typeOf(object) === type ? [{ object, place }] : [])),
  )
}

/** The answer that names one of them, or says that there is none. */
export function sighting(belief: Belief, type: string, random: Random): Pick<Answerable, 'reason' | 'isRight'> {
  const answers = seenHere(belief, type).map(({ object }) => `I need a ${type}. I see ${object} here.`)
  if (answers.length === 0) return { reason: `I need a ${type}. I see none here.` }
  return { reason: random.choice(answers), isRight: ({ reason }) => answers.includes(reason) }
}

/** A class to ask about: often something that lies here, or that was seen elsewhere: a presence test whose answer can be guessed teaches nothing. */
export function pickType(belief: Belief, types: readonly string[], random: Random): string {
  const here = belief.here.flatMap((place) => [...(belief.contents.get(place) ?? [])]).map(typeOf)
  const seen = [...belief.contents.values()].flatMap((contents) => [...contents].map(typeOf))
  const draw = random.next()
  if (here.length > 0 && draw < 0.45) return random.choice(here)
  return seen.length > 0 && draw < 0.75 ? random.choice(seen) : random.choice(types)
}
