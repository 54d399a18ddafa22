import { beforeAll, describe, expect, it } from 'vitest'
import type { Correction } from '../contracts/correction.ts'
import type { PrivilegeLevel } from '../contracts/domain.ts'
import type { Environment } from '../contracts/environment.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { believe } from '../environments/alfworld/agent/believe.ts'
import { type Choice, decide } from '../environments/alfworld/agent/decide.ts'
import { explain } from '../environments/alfworld/agent/explain.ts'
import { kindOf } from '../environments/alfworld/agent/kinds.ts'
import type { PlacementPrior } from '../environments/alfworld/agent/placement-prior.ts'
import { informedSearch } from '../environments/alfworld/agent/search-rules.ts'
import type { Belief } from '../environments/alfworld/belief.ts'
import { typeOf } from '../environments/alfworld/names.ts'
import { openSmallHousehold } from '../environments/alfworld/testing/small-household.ts'
import { rolloutAll } from '../execution/rollout.ts'
import { randomPolicy } from '../execution/testing/toy-policies.ts'
import { createExploringAgent } from '../policies/scripted/household.ts'
import { createPlannerPolicy, createPlannerTeacher } from './planner.ts'

/** One step of a student's play with what its history shows. */
interface Seen {
  trajectory: Trajectory
  index: number
  belief: Belief
  /** What an informed agent would do. */
  informed: Choice
  optimal: string
  /** Object -> places. */
  places: Record<string, string[]>
}

let environment: Environment
let prior: PlacementPrior
let trajectories: Trajectory[]
let seen: Seen[]

beforeAll(async () => {
  const household = await openSmallHousehold({ games: 30 })
  environment = household.environment
  prior = household.prior
  const play = (policy: ReturnType<typeof createExploringAgent>, phase: string) =>
    rolloutAll({ environment, tasks: household.tasks, policy, phase, maxSteps: 12, seed: 1, recordPrivilege: true })
  // The explorer searches sensibly; the random one takes wrong things, shuts doors and walks in circles.
  trajectories = [...(await play(createExploringAgent(), 'explored')), ...(await play(randomPolicy(), 'stumbled'))]
  seen = trajectories.flatMap((trajectory) =>
    trajectory.steps.map((step, index) => {
      const belief = believe(trajectory.instruction, trajectory.steps.slice(0, index), step)
      const { optimalActions, places } = step.privileged!.data as { optimalActions: string[]; places: Seen['places'] }
      const informed = decide(belief, informedSearch(prior))
      return { trajectory, index, belief, informed, optimal: optimalActions[0]!, places }
    }),
  )
})

async function correctAll(level: PrivilegeLevel, { lambda = 1, from = trajectories } = {}): Promise<Correction[]> {
  const teacher = createPlannerTeacher({ level, lambda, prior })
  return (await Promise.all(from.map((trajectory) => teacher.correct(trajectory, { seed: 3 })))).flat()
}

const withoutPrivilege = () =>
  trajectories.map((trajectory) => ({
    ...trajectory,
    steps: trajectory.steps.map(({ privileged: _, ...step }) => step),
  }))

const truePlaces = ({ belief, places }: Seen) => {
  const wanted = belief.holding === undefined ? belief.goal.object : 'desklamp'
  return Object.entries(places).flatMap(([object, all]) => (typeOf(object) === wanted ? all : []))
}

describe('a planner teacher', () => {
  it.each([
    1, 2, 3, 4, 5,
  ] as const)('of level %i corrects every step with a possible action and says its kind', async (level) => {
    const corrections = await correctAll(level)
    expect(corrections).toHaveLength(seen.length)
    for (const [position, correction] of corrections.entries()) {
      const { trajectory, index, belief } = seen[position]!
      const step = trajectory.steps[index]!
      expect(correction).toMatchObject({ trajectoryId: trajectory.id, step: index })
      expect(step.candidates, `${correction.action} at ${trajectory.id}, step ${index}`).toContain(correction.action)
      expect(correction.kind).toBe(kindOf(belief, correction.action))
      expect(correction.isCorrected).toBe(correction.action !== step.action || correction.reason !== step.reason)
      expect(correction.reason).not.toMatch(/undefined|^\s|\s$/)
    }
  })

  it('of level 1 needs no privilege and does what the informed agent does', async () => {
    const corrections = await correctAll(1)
    expect(corrections.map(({ action }) => action)).toEqual(seen.map(({ informed }) => informed.action))
    expect(await correctAll(1, { from: withoutPrivilege() })).toEqual(corrections)
  })

  it('of level 2 searches where the informed agent would, or at a true place', async () => {
    const corrections = await correctAll(2)
    const at = { truth: 0, informed: 0 }
    for (const [position, { action }] of corrections.entries()) {
      const moment = seen[position]!
      if (action === moment.informed.action) at.informed++
      else {
        expect(truePlaces(moment).some((place) => action.endsWith(` ${place}`))).toBe(true)
        at.truth++
      }
    }
    expect(at.truth).toBeGreaterThan(10)
    expect(at.informed).toBeGreaterThan(10)
  })

  it('of level 2 goes to a true place whenever realizability has no weight', async () => {
    const corrections = await correctAll(2, { lambda: 0 })
    let searches = 0
    for (const [position, { action }] of corrections.entries()) {
      const moment = seen[position]!
      const hidden = truePlaces(moment).filter((place) => !moment.belief.contents.has(place))
      if (moment.informed.kind !== 'search' || hidden.length === 0) continue
      searches++
      expect(hidden.some((place) => action.endsWith(` ${place}`))).toBe(true)
    }
    expect(searches).toBeGreaterThan(50)
  })

  it('of level 3 follows the plan while searching, unless something unseen stands closed in front', async () => {
    const corrections = await correctAll(3)
    const counts = { plan: 0, door: 0, known: 0 }
    for (const [position, { action, reason }] of corrections.entries()) {
      const { informed, optimal, belief } = seen[position]!
      const door = belief.here.find((place) => belief.isClosed(place) && !belief.contents.has(place))
      const kind = !informed.kind.endsWith('search') ? 'known' : door === undefined ? 'plan' : 'door'
      counts[kind]++
      expect(action).toBe({ known: informed.action, plan: optimal, door: `open ${door}` }[kind])
      expect(reason).toBe(explain(belief, action))
    }
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(50)
  })

  it('of level 5 says where the object is in every search, of level 4 in about a third, of others never', async () => {
    const disclosures = async (level: PrivilegeLevel) => {
      const corrections = await correctAll(level)
      return seen.flatMap((moment, position) => {
        if (!moment.informed.kind.endsWith('search')) return []
        const named = /^The ([a-z]+ \d+) is in ([a-z]+ \d+)\. /.exec(corrections[position]!.reason)
        if (named) expect(moment.places[named[1]!]).toContain(named[2])
        return [named !== null]
      })
    }
    const share = (told: boolean[]) => told.filter(Boolean).length / told.length
    expect(share(await disclosures(5))).toBe(1)
    expect(share(await disclosures(4))).toBeGreaterThan(0.2)
    expect(share(await disclosures(4))).toBeLessThan(0.47)
    for (const level of [1, 2, 3] as const) expect(share(await disclosures(level))).toBe(0)
  })

  it('gives the same corrections for the same seed', async () => {
    expect(await correctAll(4)).toEqual(await correctAll(4))
  })

  it.each([2, 3, 4, 5] as const)('of level %i refuses to work without the hidden state', async (level) => {
    await expect(correctAll(level, { from: withoutPrivilege() })).rejects.toMatchObject({
      code: 'PRIVILEGE_MISSING',
      message: expect.stringMatching(/explored\/train\/.*step 0, found none/),
    })
  })

  it('names what is wrong with a hidden state of another domain', async () => {
    const foreign = structuredClone(trajectories.slice(0, 1))
    for (const step of foreign[0]!.steps) step.privileged = { text: 'x', data: { box: 1 }, secrets: [] }
    await expect(correctAll(3, { from: foreign })).rejects.toThrow(/optimalActions/)
  })

  it('has nothing to say about an empty trajectory', async () => {
    expect(await correctAll(3, { from: [{ ...trajectories[0]!, steps: [] }] })).toEqual([])
  })
})

describe('a planner teacher that acts itself', () => {
  it('solves games, in fewer actions the more it may know', async () => {
    const tasks = (await environment.tasks('valid_unseen')).slice(0, 20)
    const lengths: number[] = []
    for (const level of [1, 2, 3, 5] as const) {
      const policy = createPlannerPolicy({ level, lambda: 1, prior })
      const played = await rolloutAll({ environment, tasks, policy, phase: 'own', maxSteps: 50, seed: 1 })
      for (const { steps } of played) for (const step of steps) expect(step.admissible).toBe(true)
      // Only who searches by priors can fail to find something.
      const won = played.filter(({ outcome }) => outcome === 'success').length
      expect(won).toBeGreaterThanOrEqual(level === 1 ? 18 : 20)
      lengths.push(played.reduce((sum, { steps }) => sum + steps.length, 0))
    }
    const [priors, constrained, plan, told] = lengths
    expect(plan).toBeLessThan(constrained!)
    expect(constrained).toBeLessThan(priors!)
    expect(told).toBeLessThanOrEqual(plan!)
  })
})
