import { beforeAll, expect, it } from 'vitest'
import type { Environment } from '../../contracts/environment.ts'
import type { Policy } from '../../contracts/policy.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'
import type { PlacementPrior } from '../../environments/alfworld/agent/placement-prior.ts'
import { openSmallHousehold } from '../../environments/alfworld/testing/small-household.ts'
import { rolloutAll } from '../../execution/rollout.ts'
import { createExploringAgent, createInformedAgent, createSystematicAgent } from './household.ts'

let environment: Environment
let prior: PlacementPrior
beforeAll(async () => {
  ;({ environment, prior } = await openSmallHousehold())
})

async function play(policy: Policy, { seed = 1, games = 40 } = {}): Promise<Trajectory[]> {
  const tasks = (await environment.tasks('valid_seen')).slice(0, games)
  return rolloutAll({ environment, tasks, policy, maxSteps: 50, seed, phase: 'agents' })
}

const won = (played: readonly Trajectory[]) => played.filter(({ outcome }) => outcome === 'success').length
const length = (played: readonly Trajectory[]) => played.reduce((sum, { steps }) => sum + steps.length, 0)

it('agents without privilege solve most games, the informed one more and faster than the systematic one', async () => {
  const informed = await play(createInformedAgent(prior))
  const systematic = await play(createSystematicAgent())
  for (const { steps } of [...informed, ...systematic])
    for (const step of steps)
      expect(step).toMatchObject({ admissible: true, reason: expect.stringMatching(/^\S.*\.$/) })
  expect(won(systematic)).toBeGreaterThan(20)
  expect(won(informed)).toBeGreaterThan(34)
  expect(won(informed)).toBeGreaterThanOrEqual(won(systematic))
  expect(length(informed)).toBeLessThan(length(systematic))
})

it('the explorer wanders by the seed, and by nothing else', async () => {
  const actions = (played: readonly Trajectory[]) => played.map(({ steps }) => steps.map(({ action }) => action))
  const first = actions(await play(createExploringAgent(), { games: 6 }))
  expect(actions(await play(createExploringAgent(), { games: 6 }))).toEqual(first)
  expect(actions(await play(createExploringAgent(), { games: 6, seed: 2 }))).not.toEqual(first)
})

it('none of them asks for what is hidden', () => {
  for (const agent of [createExploringAgent(), createSystematicAgent(), createInformedAgent(prior)])
    expect(agent.needsPrivilege).toBeUndefined()
})
