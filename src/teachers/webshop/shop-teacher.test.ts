import { beforeAll, describe, expect, it } from 'vitest'
import type { PrivilegeLevel } from '../../contracts/domain.ts'
import type { Environment } from '../../contracts/environment.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'
import { readPage } from '../../environments/webshop/agent/read-page.ts'
import { readRequest } from '../../environments/webshop/agent/read-request.ts'
import { createWebshop } from '../../environments/webshop/environment/create-webshop.ts'
import { shopMeasures } from '../../environments/webshop/environment/measures.ts'
import { smallShop } from '../../environments/webshop/testing/small-shop.ts'
import { rolloutAll } from '../../execution/rollout.ts'
import { createCarefulShopper, createHastyShopper } from '../../policies/scripted/shopper.ts'
import { createShopTeacher, createShopTeacherPolicy } from './shop-teacher.ts'

const environment: Environment = createWebshop(smallShop())
const options = { environment, maxSteps: 15, seed: 1 }
const tasks = async () => (await environment.tasks('test')).slice(0, 60)
const score = (played: readonly Trajectory[]) =>
  played.reduce((sum, trajectory) => sum + shopMeasures(trajectory).score!, 0) / played.length
const settings = (level: PrivilegeLevel) => ({ level, lambda: 1 })

let hasty: Trajectory[]
beforeAll(async () => {
  hasty = await rolloutAll({
    ...options,
    tasks: await tasks(),
    policy: createHastyShopper(),
    recordPrivilege: true,
    phase: 'hasty',
  })
})

describe('the teacher of shopping', () => {
  it('acting by itself buys better than shoppers without privilege, at every level that uses it', async () => {
    const play = async (policy: ReturnType<typeof createHastyShopper>) =>
      score(await rolloutAll({ ...options, tasks: await tasks(), policy, phase: policy.name }))
    const careful = await play(createCarefulShopper())
    expect(await play(createShopTeacherPolicy(settings(1)))).toBeCloseTo(careful)
    expect(careful).toBeGreaterThan(50)
    for (const level of [2, 3, 4, 5] as const)
      expect(await play(createShopTeacherPolicy(settings(level)))).toBeGreaterThan(Math.max(careful, score(hasty)) + 3)
  })

  it('corrects every step, and says what each decision is for', async () => {
    const teacher = createShopTeacher(settings(3))
    let corrected = 0
    for (const trajectory of hasty) {
      const corrections = await teacher.correct(trajectory, { seed: 1 })
      expect(corrections.map(({ step }) => step)).toEqual(trajectory.steps.map((_, index) => index))
      for (const { kind, isCorrected } of corrections) {
        expect(kind).not.toBe('other')
        if (isCorrected) corrected++
      }
    }
    expect(corrected).toBeGreaterThan(30)
  })

  it('searches with words of the request alone up to level 3, and tells the secret at level 5', async () => {
    const [trajectory] = hasty
    const first = async (level: PrivilegeLevel) =>
      (await createShopTeacher(settings(level)).correct(trajectory!, { seed: 1 }))[0]!
    for (const level of [1, 2, 3] as const) {
      const words = /^search\[(.*)\]$/.exec((await first(level)).action)![1]!.split(' ')
      for (const word of words) expect(trajectory!.instruction).toContain(word)
    }
    const { title } = trajectory!.steps[0]!.privileged!.data as { title: string }
    expect((await first(5)).action).toBe(`search[${title}]`)
    expect((await first(5)).reason).toContain(title)
  })

  it('goes back from what the page shows not to fit, says what that is, and stays at the rest', async () => {
    const teacher = createShopTeacher(settings(3))
    const kinds = new Map<string, number>()
    const count = (kind: string) => kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    for (const { instruction, steps, ...trajectory } of hasty) {
      for (const { action, reason, step } of await teacher.correct(
        { ...trajectory, instruction, steps },
        { seed: 1 },
      )) {
        const page = readPage(steps[step]!.observation)
        if (page.kind !== 'item') continue
        const { options, open } = steps[step]!.privileged!.data as { options: string[]; open: { worth: number } }
        const values = page.options.flatMap((option) => option.values)
        const missing = options.filter((value) => !values.includes(value))
        const isDear = page.price[0] > (readRequest(instruction).priceUpper ?? Infinity)
        const isHopeless = open.worth < 0.5
        expect(action === 'click[< prev]').toBe(isDear || missing.length > 0 || isHopeless)
        if (isDear) expect(reason).toBe('It costs too much.')
        else if (missing.length > 0)
          expect(
            missing.map((value) => `They want ${value}. It is missing.`).some((text) => reason.endsWith(text)),
          ).toBe(true)
        count(isDear ? 'dear' : missing.length > 0 ? 'missing' : 'stay')
      }
    }
    for (const kind of ['dear', 'missing', 'stay']) expect(kinds.get(kind), kind).toBeGreaterThan(0)
  })

  it('settles for what it has once time is short, and says so', async () => {
    const [trajectory] = hasty.filter(({ steps }) =>
      steps.some(({ observation }) => readPage(observation).kind === 'item'),
    )
    const first = trajectory!.steps.findIndex(({ observation }) => readPage(observation).kind === 'item')
    const { steps } = trajectory!
    const item = steps[first]!
    // The same page after as many actions as a trip has time for, at a price that nobody pays.
    const waited = [...Array.from({ length: 10 }, () => steps[0]!), item]
    const dear = trajectory!.instruction.replace(/lower than .*$/, 'lower than 1.00 dollars')
    const corrected = async (played: typeof steps) =>
      (
        await createShopTeacher(settings(3)).correct({ ...trajectory!, instruction: dear, steps: played }, { seed: 1 })
      ).at(-1)!
    expect((await corrected(steps.slice(0, first + 1))).reason).toBe('It costs too much.')
    const late = await corrected(waited)
    expect(late.action).not.toBe('click[< prev]')
    expect(late.reason).toMatch(/^It is late\. /)
  })

  it('says what is missing where a step has no hidden state', async () => {
    const bare = { ...hasty[0]!, steps: hasty[0]!.steps.map(({ privileged: _, ...step }) => step) }
    await expect(createShopTeacher(settings(3)).correct(bare, { seed: 1 })).rejects.toMatchObject({
      code: 'PRIVILEGE_MISSING',
    })
    expect(await createShopTeacher(settings(1)).correct(bare, { seed: 1 })).toHaveLength(bare.steps.length)
  })
})
