import { describe, expect, test } from 'vitest'
import { privilegedStateSchema } from '../../../contracts/privileged-state.ts'
import { taskSchema } from '../../../contracts/task.ts'
import { parseGame } from '../game.ts'
import { generateGames } from './generate-games.ts'
import { createGeneratedHousehold } from './generated-environment.ts'

const options = { seed: 2, counts: { train: 30, valid_seen: 30, valid_unseen: 30 } }
const environment = createGeneratedHousehold(options)

describe('createGeneratedHousehold', () => {
  test('every solution wins at its last action, on every split, and the privileged plan is as long', async () => {
    for (const split of environment.splits)
      for (const task of await environment.tasks(split)) {
        expect(taskSchema.parse(task)).toEqual(task)
        const episode = await environment.open(task)
        const first = await episode.reset()
        expect(first.text).toContain(episode.instruction)
        const privilege = await episode.privilegedState()
        expect(privilegedStateSchema.parse(privilege)).toEqual(privilege)
        const solution = await environment.solution(task)
        expect(privilege.data.optimalActions).toHaveLength(solution!.length)
        let observation = first
        for (const action of solution!) {
          expect(observation).toMatchObject({ done: false, score: 0 })
          expect(observation.candidates).toContain(action)
          observation = await episode.step(action)
        }
        expect(observation).toMatchObject({ done: true, score: 1 })
        expect((await episode.privilegedState()).data.optimalActions).toEqual([])
      }
  })

  test('an impossible action is an answer, and reset starts again', async () => {
    const [task] = await environment.tasks('train')
    const episode = await environment.open(task!)
    const first = await episode.reset()
    expect(await episode.step('eat the mug')).toMatchObject({ text: 'Nothing happens.', score: 0, done: false })
    const [solution] = (await environment.solution(task!))!
    await episode.step(solution!)
    expect(await episode.reset()).toEqual(first)
  })

  test('has the hash of the same game read from a file', async () => {
    const [game] = generateGames({ seed: 2, split: 'train', count: 1 })
    const task = (await environment.tasks('train')).find(({ id }) => id === game!.id)
    expect(await environment.contentHash(task!)).toBe(parseGame(game!.text, 'file').contentHash)
  })

  test('categories are the six task types', async () => {
    const wide = createGeneratedHousehold({ seed: 2, counts: { train: 200 } })
    expect(new Set((await wide.tasks('train')).map(({ category }) => category))).toEqual(
      new Set([
        'pick_and_place_simple',
        'look_at_obj_in_light',
        'pick_clean_then_place_in_recep',
        'pick_heat_then_place_in_recep',
        'pick_cool_then_place_in_recep',
        'pick_two_obj_and_place',
      ]),
    )
  })
})
