import { expect, it } from 'vitest'
import { openSmallHousehold } from '../environments/alfworld/testing/small-household.ts'
import { rolloutAll } from '../execution/rollout.ts'
import { createPlanFollower } from './plan-follower.ts'

it('solves every game in as many actions as the stored solution', async () => {
  const { environment, tasks } = await openSmallHousehold({ games: 20 })
  const played = await rolloutAll({
    environment,
    tasks,
    policy: createPlanFollower(),
    phase: 'p',
    maxSteps: 50,
    seed: 1,
  })
  for (const { task, steps, outcome } of played) {
    expect(outcome).toBe('success')
    expect(steps.length).toBe((await environment.solution(task))!.length)
  }
})

it('refuses to act without the hidden state, naming the step', async () => {
  const { tasks } = await openSmallHousehold({ games: 1 })
  const request = { task: tasks[0]!, instruction: '', history: [], observation: '', session: 's', seed: 1 }
  await expect(createPlanFollower().act(request)).rejects.toMatchObject({
    code: 'PRIVILEGE_MISSING',
    message: expect.stringContaining(`${tasks[0]!.id}, step 0`),
  })
})
