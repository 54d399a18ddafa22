import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LeapError } from '../contracts/error.ts'
import type { PolicyRequest } from '../contracts/policy.ts'
import { type Trajectory, trajectorySchema } from '../contracts/trajectory.ts'
import { type RolloutEvent, type RolloutOptions, rollout, rolloutAll } from './rollout.ts'
import { instantClock } from './testing/instant-clock.ts'
import { createToyEnvironment, type ToyOptions } from './testing/toy-environment.ts'
import { privilegedPolicy, randomPolicy, scriptedPolicy, searchingPolicy } from './testing/toy-policies.ts'

const play = async (more: Partial<RolloutOptions> = {}, toy: ToyOptions = {}) => {
  const environment = createToyEnvironment(toy)
  const trajectories = await rolloutAll({
    environment,
    tasks: await environment.tasks('train'),
    policy: searchingPolicy(),
    maxSteps: 6,
    seed: 1,
    phase: 'test',
    clock: instantClock(),
    ...more,
  })
  return { trajectories, environment }
}
const untimed = (trajectories: Trajectory[]) =>
  trajectories.map((trajectory) => ({
    ...trajectory,
    steps: trajectory.steps.map(({ milliseconds: _, ...step }) => step),
  }))

describe('rollout', () => {
  it('plays every task to its end and records what happened', async () => {
    const { trajectories, environment } = await play()
    expect(trajectories).toHaveLength(12)
    for (const trajectory of trajectories) {
      trajectorySchema.parse(trajectory)
      expect(trajectory).toMatchObject({
        outcome: 'success',
        score: 1,
        policy: 'search',
        instruction: 'Find the ball.',
      })
      expect(trajectory.finalObservation).toBe('You have the ball 1.')
      expect(trajectory.steps.at(-1)).toMatchObject({
        score: 1,
        admissible: true,
        tokens: { prompt: 10, completion: 5 },
      })
      expect(trajectory.steps[0]!.observation).toMatch(/^You see a box 0/)
      expect(trajectory.steps.every((step) => step.privileged === undefined && step.byTeacher === undefined)).toBe(true)
    }
    expect(trajectories.map(({ id }) => id)).toEqual(trajectories.map(({ task }) => `test/${task.id}#0`))
    expect(environment.opened).toBe(12)
    expect(environment.closed).toBe(12)
  })

  it('ends at the step limit with a failure and marks inadmissible actions', async () => {
    const { trajectories } = await play({ policy: scriptedPolicy('lost', () => 'dance'), maxSteps: 3 })
    for (const { outcome, steps } of trajectories) {
      expect(outcome).toBe('failure')
      expect(steps.map(({ admissible }) => admissible)).toEqual([false, false, false])
    }
  })

  it('lets the caller say what a success is', async () => {
    const { trajectories } = await play({ isSuccess: ({ task }) => task.category === 'near' })
    expect(trajectories.every(({ outcome, task }) => (outcome === 'success') === (task.category === 'near'))).toBe(true)
  })

  it('does not depend on concurrency, order or delays', async () => {
    const reference = untimed((await play({ policy: randomPolicy(), samples: 2, concurrency: 1 })).trajectories)
    expect(new Set(reference.map(({ outcome }) => outcome)).size).toBe(2)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 5 }), async (concurrency, delay) => {
        const disturb: ToyOptions['disturb'] = async ({ task, step }) => {
          for (let turn = 0; turn < (delay * (task.id.charCodeAt(8) + step)) % 7; turn++) await Promise.resolve()
        }
        const environment = createToyEnvironment({ disturb })
        const tasks = (await environment.tasks('train')).reverse()
        const { trajectories } = await play({ environment, tasks, policy: randomPolicy(), samples: 2, concurrency })
        expect(untimed(trajectories)).toEqual(reference)
      }),
      { numRuns: 15 },
    )
  })

  it('draws differently for another seed, phase and sample', async () => {
    const actions = async (more: Partial<RolloutOptions>) =>
      (await play({ policy: randomPolicy(), ...more })).trajectories.map(({ steps }) =>
        steps.map(({ action }) => action),
      )
    const base = await actions({})
    expect(await actions({ seed: 2 })).not.toEqual(base)
    expect(await actions({ phase: 'other' })).not.toEqual(base)
    const twice = await actions({ samples: 2 })
    expect(twice.filter((_, index) => index % 2 === 0)).toEqual(base)
    expect(twice.filter((_, index) => index % 2 === 1)).not.toEqual(base)
  })

  it('shows a policy exactly the history of its own episode', async () => {
    const requests: PolicyRequest[] = []
    const policy = scriptedPolicy('watcher', (request) => {
      requests.push(request)
      return `go to box ${request.history.length}`
    })
    const { trajectories } = await play({ policy, maxSteps: 3 }, { count: 1 })
    expect(requests.map(({ history }) => history.length)).toEqual([0, 1, 2])
    expect(requests[2]!.history).toEqual(
      trajectories[0]!.steps.slice(0, 2).map(({ observation, candidates, reason, action }) => ({
        observation,
        candidates,
        reason,
        action,
      })),
    )
    expect(requests[2]!.observation).toBe(trajectories[0]!.steps[2]!.observation)
    expect(requests.every((request) => !('privileged' in request))).toBe(true)
  })

  it('records the privileged state of every step on request, and hands it only to a policy that needs it', async () => {
    const { trajectories } = await play({ recordPrivilege: true })
    expect(trajectories.flatMap(({ steps }) => steps).every((step) => step.privileged?.data.box !== undefined)).toBe(
      true,
    )
    const gold = await play({ policy: privilegedPolicy() })
    for (const { outcome, steps } of gold.trajectories) {
      expect({ outcome, length: steps.length, recorded: steps.some((step) => step.privileged) }).toEqual({
        outcome: 'success',
        length: 2,
        recorded: false,
      })
    }
  })

  it('mixes another policy in at the given rate, from a stream of its own', async () => {
    const student = scriptedPolicy('student', () => 'wait')
    const mixed = await play(
      { policy: student, mix: { policy: privilegedPolicy(), beta: 0.3 }, maxSteps: 20 },
      { count: 200 },
    )
    const steps = mixed.trajectories.flatMap((trajectory) => trajectory.steps)
    const share = steps.filter(({ byTeacher }) => byTeacher).length / steps.length
    // Every episode ends with the teacher's second action, which makes a rate of 2 in about 2/0.3 steps.
    expect(share).toBeGreaterThan(0.25)
    expect(share).toBeLessThan(0.36)
    expect(steps.every(({ byTeacher, action }) => byTeacher === (action !== 'wait'))).toBe(true)
    expect(mixed.trajectories.every(({ policy }) => policy === 'student')).toBe(true)
    const never = await play({ policy: student, mix: { policy: privilegedPolicy(), beta: 0 } })
    expect(never.trajectories.flatMap(({ steps }) => steps).some(({ byTeacher }) => byTeacher)).toBe(false)
  })

  it('retries after an infrastructure failure and then shows no trace of it in the trajectory', async () => {
    const reference = await play({ policy: randomPolicy() })
    const events: RolloutEvent[] = []
    const clock = instantClock()
    const disturbed = await play(
      { policy: randomPolicy(), clock, onEvent: (event) => events.push(event) },
      {
        disturb: ({ task, step, attempt }) => {
          if (task.id.endsWith('3') && attempt < 2 && step === 0) throw new Error('503 Service Unavailable')
        },
      },
    )
    expect(untimed(disturbed.trajectories)).toEqual(untimed(reference.trajectories))
    expect(events).toHaveLength(2)
    expect(events[0]).toEqual({ kind: 'retry', id: 'test/train/003#0', attempt: 1, cause: '503 Service Unavailable' })
    expect(clock.sleeps).toHaveLength(2)
    expect(clock.sleeps[0]).toBeGreaterThanOrEqual(125)
    expect(clock.sleeps[0]).toBeLessThanOrEqual(250)
    expect(clock.sleeps[1]).toBeGreaterThanOrEqual(250)
    expect(disturbed.environment.closed).toBe(disturbed.environment.opened)
  })

  it('makes an episode void, with its cause and the steps so far, when the retries are used up', async () => {
    const policy = scriptedPolicy('flaky', ({ task, history }) => {
      if (task.id.endsWith('5') && history.length === 1) {
        throw new LeapError({ code: 'MODEL_DOWN', message: 'no answer from the server' })
      }
      return 'wait'
    })
    const { trajectories } = await play({ policy, retries: 1 })
    const voids = trajectories.filter(({ outcome }) => outcome === 'void')
    expect(voids).toHaveLength(1)
    expect(voids[0]).toMatchObject({ id: 'test/train/005#0', cause: 'MODEL_DOWN: no answer from the server' })
    expect(voids[0]!.steps).toHaveLength(1)
    trajectorySchema.parse(voids[0])
  })

  it('treats a call that takes too long as an infrastructure failure', async () => {
    const policy = scriptedPolicy('slow', ({ task }) =>
      task.id.endsWith('0') ? new Promise<string>(() => {}) : 'wait',
    )
    const { trajectories } = await play({ policy, timeLimit: 100, retries: 0, maxSteps: 1 }, { count: 3 })
    expect(trajectories.map(({ outcome }) => outcome)).toEqual(['void', 'failure', 'failure'])
    expect(trajectories[0]!.cause).toMatch(/EXECUTION_TIMEOUT.*"slow" to decide step 0 of task train\/000/)
  })

  it('does not swallow a programming error of the policy, the environment or the close', async () => {
    const broken = scriptedPolicy('broken', () => (undefined as unknown as string[]).join(' '))
    await expect(play({ policy: broken })).rejects.toMatchObject({
      code: 'ROLLOUT_PROGRAM_ERROR',
      message: expect.stringContaining('policy "broken" to decide step 0'),
      cause: expect.any(TypeError),
    })
    await expect(
      play(
        {},
        {
          disturb: ({ step }) => {
            if (step === 1) throw new RangeError('out of bounds')
          },
        },
      ),
    ).rejects.toMatchObject({ code: 'ROLLOUT_PROGRAM_ERROR', message: expect.stringContaining('environment "toy"') })
  })

  it('keeps an episode whose close fails, and says so', async () => {
    const environment = createToyEnvironment({ count: 1 })
    const open = environment.open.bind(environment)
    environment.open = async (task) => ({
      ...(await open(task)),
      close: () => Promise.reject(new Error('socket closed')),
    })
    const events: RolloutEvent[] = []
    const { trajectories } = await play({
      environment,
      tasks: await environment.tasks('train'),
      onEvent: (event) => events.push(event),
    })
    expect(trajectories[0]!.outcome).toBe('success')
    expect(events).toEqual([{ kind: 'close-failed', id: 'test/train/000#0', cause: 'socket closed' }])
  })

  it('ends at once, with the error as it is, when the budget is used up', async () => {
    let calls = 0
    const policy = scriptedPolicy('costly', () => {
      if (++calls > 4) throw new LeapError({ code: 'BUDGET_EXHAUSTED', message: 'the budget is used up' })
      return 'wait'
    })
    await expect(play({ policy, concurrency: 1 }, { count: 40 })).rejects.toMatchObject({ code: 'BUDGET_EXHAUSTED' })
    expect(calls).toBe(5)
  })

  it('gives up when everything is void', async () => {
    const policy = scriptedPolicy('down', () => {
      throw new Error('connection refused')
    })
    const written: string[] = []
    await expect(
      play({ policy, voidLimit: 5, concurrency: 2, onTrajectory: ({ id }) => void written.push(id) }, { count: 40 }),
    ).rejects.toMatchObject({ code: 'ROLLOUT_ALL_VOID', message: expect.stringContaining('connection refused') })
    expect(written.length).toBeGreaterThanOrEqual(5)
    expect(written.length).toBeLessThan(12)
  })

  it('skips what is recorded already and writes down before it yields', async () => {
    const order: string[] = []
    const environment = createToyEnvironment({ count: 4 })
    for await (const { id } of rollout({
      environment,
      tasks: await environment.tasks('train'),
      policy: searchingPolicy(),
      maxSteps: 6,
      seed: 1,
      phase: 'test',
      skip: (id) => id === 'test/train/001#0',
      onTrajectory: async ({ id }) => {
        await Promise.resolve()
        order.push(`written ${id}`)
      },
    })) {
      expect(order).toContain(`written ${id}`)
      order.push(`yielded ${id}`)
    }
    expect(order).toHaveLength(6)
    expect(order.join()).not.toContain('001')
    expect(environment.opened).toBe(3)
  })

  it('forgets every session it used', async () => {
    const sessions = new Set<string>()
    const policy = {
      ...scriptedPolicy('local', (request) => {
        sessions.add(request.session)
        if (request.task.id.endsWith('2') && !request.session.includes('~')) throw new Error('once')
        return 'wait'
      }),
      forget: (session: string) => void forgotten.push(session),
    }
    const forgotten: string[] = []
    await play({ policy }, { count: 4 })
    expect(sessions.size).toBe(5)
    expect(forgotten.sort()).toEqual([...sessions].sort())
  })

  it('stops with the reason of the signal', async () => {
    const controller = new AbortController()
    await expect(
      play({
        signal: controller.signal,
        concurrency: 1,
        onTrajectory: () => controller.abort(new Error('stopped by the user')),
      }),
    ).rejects.toThrow('stopped by the user')
  })

  it('refuses options that make no sense', async () => {
    const task = (await createToyEnvironment().tasks('train'))[0]!
    for (const bad of [
      { maxSteps: 0 },
      { samples: 1.5 },
      { retries: -1 },
      { mix: { policy: searchingPolicy(), beta: 1.2 } },
      { tasks: [task, task] },
    ]) {
      await expect(play(bad)).rejects.toMatchObject({ code: 'ROLLOUT_OPTIONS_INVALID' })
    }
  })
})
