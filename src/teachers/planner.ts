import { z } from 'zod'
import type { Correction } from '../contracts/correction.ts'
import type { TeacherSettings } from '../contracts/domain.ts'
import { LeapError } from '../contracts/error.ts'
import type { Policy } from '../contracts/policy.ts'
import type { PrivilegedState } from '../contracts/privileged-state.ts'
import type { Teacher } from '../contracts/teacher.ts'
import { believe } from '../environments/alfworld/agent/believe.ts'
import { decide } from '../environments/alfworld/agent/decide.ts'
import { explain } from '../environments/alfworld/agent/explain.ts'
import { kindOf } from '../environments/alfworld/agent/kinds.ts'
import { informedSearch, type PlacementPrior } from '../environments/alfworld/agent/placement-prior.ts'
import { Belief } from '../environments/alfworld/belief.ts'
import { typeOf } from '../environments/alfworld/names.ts'
import { createRandom } from '../support/random.ts'
import { constrainedSearch } from './constrained-search.ts'

/**
 * Level 1 uses no privilege: history and priors. 2: search by the constrained expert of eq. 16. 3: the privileged plan's action with a
 * general reason. 4: as 3, and every third search says where the object is. 5: every search says so.
 */
export interface PlannerTeacherOptions extends TeacherSettings {
  prior: PlacementPrior
}

/** The part of the household games' privileged state that this teacher reads. */
const hiddenSchema = z.object({
  optimalActions: z.array(z.string()),
  /** Object id -> receptacle ids, for every object that could serve the task. */
  places: z.record(z.string(), z.array(z.string())),
})
type Hidden = z.infer<typeof hiddenSchema>

interface Moment {
  belief: Belief
  privileged: PrivilegedState | undefined
  seed: number
  /** Names the step in errors. */
  where: string
}

/** A teacher without model or key: the privileged planner's actions, worded so that the student can follow (levels 2 and 3) or not (4 and 5). */
export function createPlannerTeacher(options: PlannerTeacherOptions): Teacher {
  return {
    name: `planner-${options.level}`,
    async correct({ id, instruction, steps, finalObservation }, { seed }) {
      const moments = steps.map(({ observation, candidates = [] }) => ({ observation, candidates }))
      if (moments.length === 0) return []
      const belief = new Belief(instruction, moments[0]!)
      return steps.map((step, index): Correction => {
        const where = `${id}, step ${index}`
        const { reason, action, kind } = advise(options, { belief, privileged: step.privileged, seed, where })
        belief.update(step.action, moments[index + 1] ?? { observation: finalObservation, candidates: [] })
        const isCorrected = action !== step.action || reason !== step.reason
        return { trajectoryId: id, step: index, reason, action, isCorrected, kind }
      })
    },
  }
}

/** The same teacher acting by itself: its own demonstrations, and the roll-in mixture. */
export function createPlannerPolicy(options: PlannerTeacherOptions): Policy {
  return {
    name: `planner-${options.level}`,
    needsPrivilege: true,
    async act({ task, instruction, history, observation, candidates = [], privileged, seed }) {
      const belief = believe(instruction, history, { observation, candidates })
      return advise(options, { belief, privileged, seed, where: `${task.id}, step ${history.length}` })
    },
  }
}

function advise({ level, prior, lambda }: PlannerTeacherOptions, moment: Moment) {
  const { belief } = moment
  const fromHistory = decide(belief, informedSearch(prior))
  const searching = fromHistory.kind === 'search' || fromHistory.kind === 'open-search'
  // Where the history already says what to do, privilege adds nothing and could only contradict what the student can know.
  if (level === 1 || !searching) return worded(belief, fromHistory.action)
  // What stands closed before the student costs one command to know: no reason from its history could tell it to walk on.
  if (fromHistory.kind === 'open-search' && level < 4) return worded(belief, fromHistory.action)
  const hidden = readHidden(moment)
  if (level === 2) {
    const wanted = belief.holding === undefined ? belief.goal.object : 'desklamp'
    const truePlaces = new Set(
      Object.entries(hidden.places).flatMap(([object, places]) => (typeOf(object) === wanted ? places : [])),
    )
    return worded(belief, decide(belief, constrainedSearch(prior, truePlaces, lambda)).action)
  }
  const action = hidden.optimalActions[0] ?? fromHistory.action
  const told = level === 5 || (level === 4 && createRandom(moment.seed, 'tell', moment.where).next() < 1 / 3)
  const advice = worded(belief, action)
  return told ? { ...advice, reason: `${disclose(hidden)} ${advice.reason}` } : advice
}

function worded(belief: Belief, action: string) {
  return { action, reason: explain(belief, action), kind: kindOf(belief, action) }
}

/** The hidden place, said aloud: what a teacher must not do. */
function disclose({ places }: Hidden): string {
  const [object, [place] = []] = Object.entries(places)[0] ?? ['', []]
  return place === undefined ? '' : `The ${object} is in ${place}.`
}

function readHidden({ privileged, where }: Moment): Hidden {
  const parsed = hiddenSchema.safeParse(privileged?.data)
  if (parsed.success) return parsed.data
  throw new LeapError({
    code: 'PRIVILEGE_MISSING',
    message: `the planner teacher needs the hidden state of a household game at ${where}, found ${privileged ? z.prettifyError(parsed.error) : 'none'}`,
    remedy: 'Record privileged states during the training roll-outs (recordPrivilege).',
    cause: parsed.error,
  })
}
