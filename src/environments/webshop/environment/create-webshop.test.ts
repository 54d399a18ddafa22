import { describe, expect, it } from 'vitest'
import { privilegedStateSchema } from '../../../contracts/privileged-state.ts'
import { trajectorySchema } from '../../../contracts/trajectory.ts'
import { smallShop } from '../testing/small-shop.ts'
import { createWebshop } from './create-webshop.ts'
import { shopMeasures } from './measures.ts'

const environment = createWebshop(smallShop())

describe('the shop as an environment', () => {
  it('has a task per goal in the official splits, sorted, with a hash of its own', async () => {
    const all = await Promise.all(environment.splits.map((split) => environment.tasks(split)))
    expect(all.flat()).toHaveLength(800)
    for (const tasks of all) expect(tasks.map(({ id }) => id)).toEqual(tasks.map(({ id }) => id).sort())
    const hashes = await Promise.all(
      all
        .flat()
        .slice(0, 60)
        .map((task) => environment.contentHash(task)),
    )
    expect(new Set(hashes).size).toBe(60)
    await expect(environment.tasks('valid')).rejects.toMatchObject({ code: 'SPLIT_UNKNOWN' })
    await expect(environment.contentHash({ ...all[0]![0]!, id: 'test/9999' })).rejects.toMatchObject({
      code: 'TASK_UNKNOWN',
    })
  })

  it('is won by its stored solutions', async () => {
    const tasks = (await environment.tasks('test')).slice(0, 40)
    let won = 0
    for (const task of tasks) {
      const solution = await environment.solution(task)
      if (solution === undefined) continue
      const episode = await environment.open(task)
      let observation = await episode.reset()
      for (const action of solution) {
        expect(observation.done).toBe(false)
        observation = await episode.step(action)
      }
      expect(observation).toMatchObject({ done: true })
      if (observation.score === 1) won++
      await episode.close()
    }
    // Two products of one title on one page are the only way for a solution to go wrong.
    expect(won).toBeGreaterThanOrEqual(38)
  })

  it('tells the parts of the reward beside the last observation only', async () => {
    const [task] = await environment.tasks('test')
    const episode = await environment.open(task!)
    expect((await episode.reset()).info).toBeUndefined()
    const solution = (await environment.solution(task!))!
    let last = await episode.reset()
    for (const action of solution) last = await episode.step(action)
    expect(last.info).toMatchObject({ reward: { total: last.score, type: 1, price: 1, attributes: 1 } })
  })
})

describe('the privileged state', () => {
  it('is what the reward looks at, of the very goal that is played', async () => {
    const shop = smallShop()
    for (const [index, task] of (await environment.tasks('test')).slice(0, 30).entries()) {
      const goal = shop.goals[index]!
      const episode = await environment.open(task)
      await episode.reset()
      const state = privilegedStateSchema.parse(await episode.privilegedState())
      expect(episode.instruction).toBe(goal.instruction)
      expect(state.data).toMatchObject({ attributes: goal.attributes, priceUpper: goal.priceUpper, asin: goal.asin })
      for (const text of [goal.name, ...goal.attributes, ...goal.options.map(({ value }) => value)])
        expect(state.text).toContain(text)
      expect(state.secrets).toContain(goal.asin)
      // What the request says itself is no secret.
      for (const secret of state.secrets) expect(goal.instruction).not.toContain(secret)
    }
  })

  it('knows what the products on the page can earn, and what the open one needs', async () => {
    const shop = smallShop()
    const [task] = await environment.tasks('test')
    const goal = shop.goals[0]!
    const episode = await environment.open(task!)
    await episode.reset()
    await episode.step(`search[${goal.name.toLowerCase()}]`)
    const { data } = await episode.privilegedState()
    expect((data.worth as Record<string, number>)[goal.name.toLowerCase()]).toBe(1)
    expect(Math.min(...Object.values(data.worth as Record<string, number>))).toBeLessThan(1)
    await episode.step(`click[item - ${goal.name.toLowerCase()}]`)
    const open = (await episode.privilegedState()).data.open as { worth: number; options: Record<string, string> }
    expect(open.worth).toBe(1)
    expect(Object.values(open.options).sort()).toEqual(goal.options.map(({ value }) => value).sort())
  })
})

it('measures an episode by the parts of its reward, and one without a purchase as nothing', () => {
  const trajectory = (info?: object) =>
    trajectorySchema.parse({
      ...{
        id: 'x/test/0#0',
        policy: 'p',
        instruction: '',
        steps: [],
        finalObservation: '',
        score: 0,
        outcome: 'failure',
      },
      task: { id: 'test/0', environment: 'webshop', split: 'test', category: 'beauty' },
      ...(info ? { info } : {}),
    })
  expect(shopMeasures(trajectory({ reward: { total: 0.75, attributes: 0.5, options: 1, type: 1, price: 1 } }))).toEqual(
    {
      ...{ score: 75, ATT: 50, OPT: 100, TYPE: 100, PRICE: 100, '#act': 0 },
    },
  )
  expect(shopMeasures(trajectory())).toMatchObject({ score: 0, ATT: 0, OPT: 0, TYPE: 0, PRICE: 0 })
})
