import { describe, expect, it } from 'vitest'
import type { DomainPanels } from '../contracts/domain.ts'
import type { Environment } from '../contracts/environment.ts'
import type { Task } from '../contracts/task.ts'
import { chooseTasks } from './choose-tasks.ts'
import { configSchema } from './config.ts'
import { toySplits } from './testing/toy-splits.ts'

interface Wish {
  seed?: number
  demonstrations?: number
  iterations?: number
  rollouts?: number
  games?: number
  selectionGames?: number
}

async function choose(environment: Environment, wish: Wish = {}) {
  const tasks = await chooseIn(environment, undefined, wish)
  const [seen, unseen] = tasks.reported
  return { ...tasks, seen: seen!, unseen: unseen! }
}

async function chooseIn(environment: Environment, panels?: DomainPanels, wish: Wish = {}) {
  const { seed = 1, demonstrations = 20, iterations = 3, rollouts = 30, games = 40, selectionGames = 60 } = wish
  const optimiser = { updates: 1, learningRate: 1 }
  const config = configSchema.parse({
    name: 'toy',
    seed,
    demonstrations: { games: demonstrations },
    iterations,
    rollouts: { games: rollouts },
    training: { cloning: optimiser, iteration: optimiser },
    evaluation: { games, selectionGames },
  })
  return chooseTasks(environment, config, panels)
}

const ids = (tasks: readonly Task[]) => tasks.map(({ id }) => id)
const plenty = () => toySplits({ train: 200, valid_seen: 150, valid_unseen: 60 })
/** Ids as ALFRED's: the room is the last field of the folder. */
const inRooms = (sizes: Record<string, number>, rooms = 24) =>
  toySplits(sizes, (split, index) => `${split}/pick_one-Mug-None-Desk-${index % rooms}/trial_${index}`)
const roomOf = (id: string) => /-(\d+)\/trial/.exec(id)![1]!

describe('chooseTasks', () => {
  it('deals out panels of the wanted sizes from their splits, none of which shares a game', async () => {
    const { selection, seen, unseen } = await choose(plenty())
    expect([seen, unseen, selection].map(({ name, taskIds }) => [name, taskIds.length])).toEqual([
      ['seen', 40],
      ['unseen', 40],
      ['selection', 60],
    ])
    const all = [...selection.taskIds, ...seen.taskIds, ...unseen.taskIds]
    expect(new Set(all).size).toBe(all.length)
    for (const id of [...selection.taskIds, ...seen.taskIds]) expect(id).toMatch(/^valid_seen/)
    for (const id of unseen.taskIds) expect(id).toMatch(/^valid_unseen/)
    for (const panel of [selection, seen, unseen]) expect(panel.taskIds).toEqual([...panel.taskIds].sort())
  })

  it('gives every iteration fresh games', async () => {
    const { demonstrations, rollouts } = await choose(plenty())
    expect(demonstrations).toHaveLength(20)
    expect(rollouts.map((tasks) => tasks.length)).toEqual([30, 30, 30])
    const dealt = [...ids(demonstrations), ...rollouts.flatMap(ids)]
    expect(new Set(dealt).size).toBe(20 + 90)
    for (const id of dealt) expect(id).toMatch(/^train/)
  })

  it('begins again when the games run out, but gives no game twice to one iteration', async () => {
    const { demonstrations, rollouts } = await choose(toySplits({ train: 50, valid_seen: 150, valid_unseen: 60 }))
    const [first, second] = rollouts.map(ids)
    expect(new Set([...ids(demonstrations), ...first!]).size).toBe(50)
    expect(second!.slice(0, 20)).toEqual(ids(demonstrations))
    for (const tasks of rollouts) expect(new Set(ids(tasks)).size).toBe(30)
    const few = await choose(toySplits({ train: 25, valid_seen: 150, valid_unseen: 60 }))
    for (const tasks of few.rollouts) expect(new Set(ids(tasks)).size).toBe(25)
  })

  it('is determined by the seed, and by nothing else', async () => {
    const [first, same, other] = [await choose(plenty()), await choose(plenty()), await choose(plenty(), { seed: 2 })]
    expect(same).toEqual(first)
    expect(ids(other.demonstrations)).not.toEqual(ids(first.demonstrations))
    expect(other.seen.hash).not.toBe(first.seen.hash)
    // What is trained on does not decide what it is judged on.
    const longer = await choose(plenty(), { iterations: 1, demonstrations: 100, rollouts: 5 })
    expect([longer.seen, longer.unseen, longer.selection]).toEqual([first.seen, first.unseen, first.selection])
  })

  it('selects on reported games only where the split is too small for both', async () => {
    const { selection, seen } = await choose(toySplits({ train: 200, valid_seen: 70, valid_unseen: 60 }))
    expect(seen.taskIds).toHaveLength(40)
    expect(selection.taskIds).toHaveLength(60)
    expect(selection.taskIds.filter((id) => seen.taskIds.includes(id))).toHaveLength(40)
  })

  it('takes all games there are where more are asked for', async () => {
    const { seen, unseen } = await choose(toySplits({ train: 200, valid_seen: 30, valid_unseen: 10 }))
    expect([seen.taskIds.length, unseen.taskIds.length]).toEqual([30, 10])
  })

  it('says what is missing for the demonstrations', async () => {
    await expect(choose(plenty(), { demonstrations: 201 })).rejects.toMatchObject({
      code: 'GAMES_TOO_FEW',
      message: expect.stringContaining('demonstrations.games asks for 201 training games, found 200'),
    })
  })
})

describe('without a split of unseen rooms', () => {
  const official = () => inRooms({ train: 480, valid_seen: 240 })

  it('holds whole rooms of the training split out: nothing else is set in them', async () => {
    const { demonstrations, rollouts, selection, seen, unseen } = await choose(official(), { games: 30 })
    const held = new Set(unseen.taskIds.map(roomOf))
    expect(held.size).toBe(2)
    expect(unseen.taskIds).toHaveLength(30)
    for (const id of unseen.taskIds) expect(id).toMatch(/^train/)
    const others = [...ids(demonstrations), ...rollouts.flatMap(ids), ...selection.taskIds, ...seen.taskIds]
    for (const id of others) expect(held).not.toContain(roomOf(id))
    expect(new Set(others.map(roomOf)).size).toBe(22)
  })

  it('draws the rooms by the seed', async () => {
    const held = async (seed: number) =>
      [...new Set((await choose(official(), { seed })).unseen.taskIds.map(roomOf))].sort().join()
    expect(await held(1)).toBe(await held(1))
    expect(new Set([await held(1), await held(2), await held(3), await held(4)]).size).toBeGreaterThan(1)
  })

  it('holds games out where ids tell no rooms', async () => {
    const { unseen, demonstrations, rollouts } = await choose(toySplits({ train: 120, valid_seen: 150 }))
    expect(unseen.taskIds).toHaveLength(10)
    for (const id of [...ids(demonstrations), ...rollouts.flatMap(ids)]) expect(unseen.taskIds).not.toContain(id)
  })
})

describe('a domain with splits of its own', () => {
  const panels = {
    selection: 'eval',
    reported: [
      { name: 'test', split: 'test' },
      { name: 'also test', split: 'test' },
    ],
  }

  it('gets its panels from them, none of which shares a task', async () => {
    const { selection, reported, demonstrations } = await chooseIn(
      toySplits({ train: 60, eval: 100, test: 90 }),
      panels,
    )
    expect(reported.map(({ name, taskIds }) => [name, taskIds.length])).toEqual([
      ['test', 40],
      ['also test', 40],
    ])
    const all = [...selection.taskIds, ...reported.flatMap(({ taskIds }) => taskIds)]
    expect(all).toHaveLength(140)
    expect(new Set(all).size).toBe(140)
    for (const id of selection.taskIds) expect(id).toMatch(/^eval/)
    for (const { id } of demonstrations) expect(id).toMatch(/^train/)
  })

  it('refuses too few training tasks', async () => {
    await expect(chooseIn(toySplits({ train: 5, eval: 20, test: 20 }), panels)).rejects.toMatchObject({
      code: 'GAMES_TOO_FEW',
    })
  })
})
