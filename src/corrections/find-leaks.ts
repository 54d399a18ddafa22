import type { Step, Trajectory } from '../contracts/trajectory.ts'
import { findAbsences } from './absence.ts'
import { asserts } from './assertion.ts'
import { mentions } from './mention.ts'
import { parseSecret, type Secret } from './secret.ts'

export interface Leaks {
  /** Secrets that the reason gives away, as they stand in the privileged state. */
  leaks: string[]
  /** Pairs that the reason guesses at ("may be in"): no leak, but worth counting, since a teacher can hint at the truth every time. */
  hints: string[]
}

/**
 * The lexical leak check: which secrets of a step does a reason tell that the student cannot know there?
 *
 * A term (`mug 1`) leaks if the reason names it and nothing that the student saw does: the instruction, the observations up to and
 * including this step, the candidates of this and of earlier steps, its own earlier actions. So a place that is merely listed may be
 * named. The corrected action itself is no excuse: it counts as seen only if it is a candidate.
 *
 * A pair (`mug 1 @ cabinet 3`) leaks if the reason asserts that the object is there (see {@link asserts}) and the student has never seen
 * the two together: in one observation, in one candidate, or in one admissible action of its own. Without numbers ("the mug is in the
 * cabinet") any mug seen in any cabinet is knowledge enough.
 *
 * Where objects are hidden at places, what is *not* at a place that the student has not looked into is a secret too (see {@link findAbsences}); it is reported as
 * `what is not in cabinet 2`.
 *
 * It cannot see a secret told in other words, nor one told by where the action leads; other checks are for that.
 */
export function findLeaks(trajectory: Trajectory, step: number, reason: string, secrets: readonly string[]): Leaks {
  const found: Leaks = { leaks: [], hints: [] }
  for (const text of new Set(secrets)) {
    const secret = parseSecret(text)
    const told = tells(secret, reason)
    if (told === 'none' || isKnown(secret, reason, trajectory, step)) continue
    found[told === 'hint' ? 'hints' : 'leaks'].push(text)
  }
  // Only where things are hidden at places is it a secret what is not there.
  if (secrets.some((text) => parseSecret(text).kind === 'pair'))
    found.leaks.push(...findAbsences(trajectory, step, reason).map((place) => `what is not in ${place}`))
  return found
}

/** A deed with one or two numbered things: `open cabinet 3`, `clean mug 1 with sinkbasin 1`. */
const plainDeed = /^\p{L}+ (\p{L}+ \d+)(?: (?:with|to|in|on|in\/on|using) (\p{L}+ \d+))?$/u

function tells(secret: Secret, reason: string): 'none' | 'hint' | 'asserted' {
  if (secret.kind === 'term') return mentions(reason, secret.term) ? 'asserted' : 'none'
  return asserts(reason, secret.object, secret.place)
}

function isKnown(secret: Secret, reason: string, trajectory: Trajectory, step: number): boolean {
  if (secret.kind === 'term') {
    const texts = seen(trajectory, step)
    const isSeen = (name: string) => texts.some((text) => mentions(text, name))
    // Something that could be done with what the student knows tells nothing, unless it says where a thing is ("take mug 1 from cabinet 3").
    const [, thing, other] = plainDeed.exec(secret.term) ?? []
    return isSeen(secret.term) || (thing !== undefined && isSeen(thing) && (other === undefined || isSeen(other)))
  }
  // What the reason does not number need not have been seen with this very number.
  const object = mentions(reason, secret.object) ? secret.object : withoutNumber(secret.object)
  const place = mentions(reason, secret.place) ? secret.place : withoutNumber(secret.place)
  return sightings(trajectory, step).some((text) => mentions(text, object) && mentions(text, place))
}

/** Every text that the student saw before it decides this step. */
function seen({ instruction, steps }: Trajectory, step: number): string[] {
  const earlier = steps.slice(0, step).map(({ action }) => action)
  return [instruction, ...earlier, ...shown(steps, step)]
}

/** Texts that show where things are: not the instruction (it tells where to put them), nor actions that the domain refused. */
function sightings({ steps }: Trajectory, step: number): string[] {
  const accepted = steps.slice(0, step).filter(({ admissible }) => admissible)
  return [...accepted.map(({ action }) => action), ...shown(steps, step)]
}

function shown(steps: readonly Step[], step: number): string[] {
  return steps.slice(0, step + 1).flatMap(({ observation, candidates = [] }) => [observation, ...candidates])
}

function withoutNumber(name: string): string {
  return name.replace(/\s+\d+$/, '')
}
