import { describe, expect, it } from 'vitest'
import type { Domain } from '../contracts/domain.ts'
import type { Task } from '../contracts/task.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { rolloutAll } from '../execution/rollout.ts'
import { instantClock } from '../execution/testing/instant-clock.ts'
import { createToyEnvironment } from '../execution/testing/toy-environment.ts'
import { privilegedPolicy, searchingPolicy } from '../execution/testing/toy-policies.ts'
import { checkDomain } from './check-domain.ts'
import { type ConfigInput, configSchema } from './config.ts'
import { createDemonstrator, labelReasons } from './demonstrate.ts'

function toyDomain(more: Partial<Domain> = {}): Domain {
  return {
    environment: createToyEnvironment({ count: 6 }),
    explain: ({ steps }) => steps.map(({ action }) => `I want to ${action}.`),
    teacher: () => ({ name: 'toy', correct: async () => [] }),
    baselines: () => [searchingPolicy(), privilegedPolicy()],
    ...more,
  }
}

async function demonstrate(domain: Domain, by: string): Promise<Trajectory[]> {
  const { environment } = domain
  const tasks = await environment.tasks('train')
  const policy = createDemonstrator(domain, by)
  return rolloutAll({ environment, tasks, policy, maxSteps: 9, seed: 1, phase: 'd', clock: instantClock() })
}

describe('createDemonstrator', () => {
  it('plays stored solutions', async () => {
    const domain = toyDomain()
    for (const { task, steps, outcome } of await demonstrate(domain, 'solution')) {
      expect(outcome).toBe('success')
      expect(steps.map(({ action }) => action)).toEqual(await domain.environment.solution(task))
      expect(steps.map(({ reason }) => reason)).toEqual(['', ''])
    }
  })

  it('asks for a solution once an episode, not once a step', async () => {
    const domain = toyDomain()
    const { solution } = domain.environment
    const asked: string[] = []
    const environment = {
      ...domain.environment,
      solution(task: Task) {
        asked.push(task.id)
        return solution(task)
      },
    }
    for (let time = 1; time <= 2; time++) {
      await demonstrate({ ...domain, environment }, 'solution')
      expect(asked).toHaveLength(6 * time)
    }
  })

  it('makes an episode void, and says why, whose solution is missing or does not win', async () => {
    const domain = toyDomain()
    for (const [found, cause] of [
      [undefined, 'no solution is known'],
      [['go to box 0'], 'the stored solution of 1 actions does not win'],
    ] as const) {
      const environment = { ...domain.environment, solution: async () => (found ? [...found] : undefined) }
      const played = await demonstrate({ ...domain, environment }, 'solution')
      expect(played[0]).toMatchObject({
        outcome: 'void',
        cause: expect.stringContaining(`DEMONSTRATION_FAILS: train/000: ${cause}`),
      })
    }
  })

  it('lets an agent of the domain demonstrate, but none that sees the hidden state', async () => {
    const played = await demonstrate(toyDomain(), 'search')
    for (const { outcome, policy } of played)
      expect({ outcome, policy }).toEqual({ outcome: 'success', policy: 'search' })
    for (const by of ['privileged', 'nobody'])
      expect(() => createDemonstrator(toyDomain(), by)).toThrow(
        expect.objectContaining({
          code: 'DEMONSTRATOR_UNKNOWN',
          message: `demonstrations.by: unknown demonstrator "${by}" (available: solution, search)`,
        }),
      )
  })
})

describe('labelReasons', () => {
  it('gives reasons where they are missing, and leaves those that are there', async () => {
    const [silent] = await demonstrate(toyDomain(), 'solution')
    const labelled = labelReasons(toyDomain(), silent!)
    expect(labelled.steps.map(({ reason, action }) => reason === `I want to ${action}.`)).toEqual([true, true])
    expect(silent!.steps[0]!.reason).toBe('')
    expect(labelReasons({ ...toyDomain(), explain: () => [] }, labelled)).toBe(labelled)
  })

  it('says that the domain cannot', async () => {
    const { explain: _, ...mute } = toyDomain()
    const [silent] = await demonstrate(mute, 'solution')
    expect(() => labelReasons(mute, silent!)).toThrow(expect.objectContaining({ code: 'LABELLER_MISSING' }))
  })
})

describe('checkDomain', () => {
  const optimiser = { updates: 1, learningRate: 1 }
  const check = (more: Partial<ConfigInput>, domain: Domain) =>
    checkDomain(
      configSchema.parse({
        name: 'toy',
        demonstrations: { games: 1 },
        iterations: 1,
        rollouts: { games: 1 },
        training: { cloning: optimiser, iteration: optimiser },
        ...more,
      }),
      domain,
    )
  const { explain: _, ...mute } = toyDomain()

  it('is content with a domain that has what is asked for', () => {
    check({}, toyDomain())
    check({ demonstrations: { games: 1, by: 'search' } }, mute)
  })

  it.each<[string, Partial<ConfigInput>, Domain]>([
    ['DEMONSTRATOR_UNKNOWN', { demonstrations: { games: 1, by: 'oracle' } }, toyDomain()],
    ['LABELLER_MISSING', {}, mute],
    ['TEACHER_CANNOT_ACT', { rollouts: { games: 1, mix: [0, 0.5] } }, toyDomain()],
    ['REPLAY_MISSING', { training: { cloning: optimiser, iteration: optimiser, replayWalks: 3 } }, toyDomain()],
  ])('%s', (code, more, domain) => {
    expect(() => check(more, domain)).toThrow(expect.objectContaining({ code }))
  })
})
