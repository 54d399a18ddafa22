import { describe, expect, it } from 'vitest'
import { createAlfworld } from './create-alfworld.ts'
import { readGameFile } from './game-file.ts'
import type { GameEntry } from './games/game-entry.ts'
import { smallGameText } from './testing/small-game.ts'

const walkthrough = [
  'walk to table 1',
  'grab cup 2 out of table 1',
  'walk to oven 1',
  'unlatch oven 1',
  'stow cup 2 at oven 1',
]
const entry = (id: string, text: string, category?: string): GameEntry => ({
  id,
  split: id.split('/')[0]!,
  category,
  source: id,
  read: () => readGameFile(text, id),
})
const library = {
  entries: [
    entry('train/a', smallGameText({ walkthrough }), 'pick_and_place_simple'),
    entry('train/b', smallGameText({ moreFacts: '(opened Oven_bar_1)' })),
    entry('valid_seen/c', smallGameText()),
  ],
  leftOut: [],
}

describe('createAlfworld', () => {
  it('lists tasks by split, with the category of the path or of the goal', async () => {
    const environment = await createAlfworld({ games: library })
    expect(environment.splits).toEqual(['train', 'valid_seen'])
    expect(await environment.tasks('train')).toEqual([
      { id: 'train/a', environment: 'alfworld', split: 'train', category: 'pick_and_place_simple' },
      { id: 'train/b', environment: 'alfworld', split: 'train', category: 'pick_and_place_simple' },
    ])
    await expect(environment.tasks('test')).rejects.toMatchObject({
      code: 'SPLIT_UNKNOWN',
      message: expect.stringContaining('train, valid_seen'),
    })
    await expect(
      environment.open({ id: 'x', environment: 'alfworld', split: 's', category: 'c' }),
    ).rejects.toMatchObject({ code: 'TASK_UNKNOWN' })
  })

  it('plays episodes, each on its own, also when few games are kept', async () => {
    const environment = await createAlfworld({ games: library, kept: 1 })
    const [a, b] = await environment.tasks('train')
    const episodes = [await environment.open(a!), await environment.open(b!), await environment.open(a!)]
    expect(episodes[0]!.instruction).toBe('get a cup into the oven.')
    const opening = await episodes[0]!.reset()
    expect(opening).toMatchObject({ score: 0, done: false })
    let last = opening
    for (const command of (await environment.solution(a!))!) last = await episodes[0]!.step(command)
    expect(last).toMatchObject({ score: 1, done: true })
    expect(await episodes[2]!.reset()).toEqual(opening)
    expect(await episodes[1]!.step('walk to oven 1')).toMatchObject({
      text: 'You stand at loc 1 now. Inside the oven 1: nothing.',
    })
    expect(await episodes[0]!.reset()).toEqual(opening)
  })

  it("gives lists of candidates that are the caller's own", async () => {
    const environment = await createAlfworld({ games: library })
    const [task] = await environment.tasks('train')
    const episode = await environment.open(task!)
    const first = await episode.reset()
    first.candidates!.length = 0
    expect((await episode.reset()).candidates).toContain('check pockets')
  })

  it('hashes what decides how a task plays', async () => {
    const environment = await createAlfworld({ games: library })
    const [a, b] = await environment.tasks('train')
    const [c] = await environment.tasks('valid_seen')
    expect(await environment.contentHash(a!)).toBe(await environment.contentHash(c!))
    expect(await environment.contentHash(a!)).not.toBe(await environment.contentHash(b!))
  })

  it('draws games, whose solutions win and whose hidden truth is told', async () => {
    const environment = await createAlfworld({ games: { seed: 3, counts: { train: 2, valid_unseen: 1 } } })
    expect(environment.splits).toEqual(['train', 'valid_unseen'])
    for (const task of [...(await environment.tasks('train')), ...(await environment.tasks('valid_unseen'))]) {
      const episode = await environment.open(task)
      let observation = await episode.reset()
      const { data } = await episode.privilegedState()
      expect(data).toMatchObject({ task: episode.instruction, solvable: true })
      for (const command of (await environment.solution(task))!) {
        expect(observation.candidates).toContain(command)
        observation = await episode.step(command)
      }
      expect(observation.done).toBe(true)
    }
  })
})
