import type { PrivilegeLevel } from '../../contracts/domain.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'
import { believe } from '../../environments/alfworld/agent/believe.ts'
import { PlacementPrior } from '../../environments/alfworld/agent/placement-prior.ts'
import { createGeneratedHousehold } from '../../environments/alfworld/generator/generated-environment.ts'
import { rolloutAll } from '../../execution/rollout.ts'
import { randomPolicy } from '../../execution/testing/toy-policies.ts'
import { createRandom } from '../../support/random.ts'
import { createPlannerTeacher } from '../../teachers/planner.ts'
import { type HandWritten, handWritten, readSince } from './hand-written.ts'
import { longHandWritten } from './hand-written-long.ts'
import { unseenByTheChecks } from './hand-written-unseen.ts'
import { trajectoryOf } from './situations.ts'

/** A correction whose nature is known otherwise than by the checks. */
export interface LabelledCorrection {
  /** `hand`, `hand, unseen`, or the level of the scripted teacher. */
  source: string
  trajectory: Trajectory
  step: number
  reason: string
  leak: boolean
  mention: boolean
}

const perLevel = 24

/** All labelled corrections: those written by hand, and an equal number of each level of the scripted teacher. */
export async function labelledCorrections(): Promise<LabelledCorrection[]> {
  const read = [...handWritten, ...readSince, ...longHandWritten].map(placed('hand'))
  return [...read, ...unseenByTheChecks.map(placed('hand, unseen')), ...(await scripted())]
}

const placed =
  (source: string) =>
  ({ situation, reason, leak, mention }: HandWritten): LabelledCorrection => {
    const trajectory = trajectoryOf(situation)
    return { source, trajectory, step: trajectory.steps.length - 1, reason, leak, mention }
  }

/**
 * Corrections of real games. Levels 1 to 3 explain by what the student can know; levels 4 and 5 may begin with "The mug 1 is in cabinet 3.", which is a leak
 * exactly if the student's belief, kept by a reader of observations that knows no check, does not hold it.
 */
async function scripted(): Promise<LabelledCorrection[]> {
  const environment = createGeneratedHousehold({ seed: 11 })
  const tasks = (await environment.tasks('train')).slice(0, 16)
  const trajectories = await rolloutAll({
    environment,
    tasks,
    policy: randomPolicy(),
    maxSteps: 12,
    seed: 2,
    phase: 'labelled',
    recordPrivilege: true,
  })
  const found: LabelledCorrection[] = []
  for (const level of [1, 2, 3, 4, 5] as PrivilegeLevel[]) {
    const teacher = createPlannerTeacher({ level, lambda: 1, prior: new PlacementPrior() })
    const all: LabelledCorrection[] = []
    for (const trajectory of trajectories)
      for (const { step, reason } of await teacher.correct(trajectory, { seed: 3 }))
        all.push({
          source: `level ${level}`,
          trajectory,
          step,
          reason,
          leak: tellsUnknown(trajectory, step, reason),
          mention: false,
        })
    found.push(...createRandom(4, 'labelled', level).shuffle(all).slice(0, perLevel))
  }
  return found
}

function tellsUnknown({ instruction, steps }: Trajectory, index: number, reason: string): boolean {
  const told = /^The (\S+ \d+) is in (\S+ \d+)\./.exec(reason)
  if (told === null) return false
  const [, object = '', place = ''] = told
  const { observation, candidates = [] } = steps[index]!
  const belief = believe(instruction, steps.slice(0, index), { observation, candidates })
  return !belief.contents.get(place)?.has(object)
}
