import { describe, expect, test } from 'vitest'
import { LeapError } from '../../../contracts/error.ts'
import { readGoal } from '../goal-text.ts'
import { moveShapes } from '../planner/command-shapes.ts'
import { planFrom } from '../planner/plan-from.ts'
import { isSolved, successors } from '../planner/small-world.fixture.ts'
import { type GeneratedGame, generatedSplits, HouseholdGenerator } from './generator.ts'

const generator = new HouseholdGenerator({ seed: 7 })
const samples = new Map(generatedSplits.map((split) => [split, draw(split, 240)]))
const everything = [...samples.values()].flat()

function draw(split: (typeof generatedSplits)[number], count: number): GeneratedGame[] {
  return Array.from({ length: count }, (_, index) => generator.game(split, index))
}

describe('HouseholdGenerator', () => {
  test('makes the same game from the same seed, split and index, whatever was drawn before', () => {
    const fresh = new HouseholdGenerator({ seed: 7 }).game('valid_unseen', 17)
    expect(fresh).toEqual(samples.get('valid_unseen')![17])
    const other = new HouseholdGenerator({ seed: 8 }).game('valid_unseen', 17)
    expect(other.text).not.toBe(fresh.text)
  })

  test('names games by split, task, room and index', () => {
    for (const game of everything) {
      const { goal } = game.world
      if (goal.kind === 'other') throw new Error('no goal')
      const end = goal.kind === 'look' ? goal.lamp : goal.receptacle
      expect(game.id).toMatch(
        new RegExp(`^(train|valid_seen|valid_unseen)/${game.type}-${goal.object}-None-${end}-${game.room}/\\d{6}$`),
      )
    }
    expect(new Set(everything.map((game) => game.id)).size).toBe(everything.length)
  })

  test('all games are solved by their walkthrough at its last command and not before', () => {
    for (const { world, walkthrough, id } of everything) {
      let now = world
      for (const command of walkthrough) {
        expect(isSolved(now)).toBe(false)
        const next = successors(now).find((successor) => successor.command === command)
        if (next === undefined) throw new Error(`${id}: ${command} is not possible`)
        now = next.world
      }
      expect(isSolved(now)).toBe(true)
      expect(walkthrough.length).toBeGreaterThanOrEqual(3)
      expect(walkthrough.length).toBeLessThanOrEqual(10)
      expect(planFrom(world, moveShapes)).toHaveLength(walkthrough.length)
    }
  })

  test('unseen rooms occur in no other split; seen ones are those of training with other games', () => {
    const roomsOf = (split: (typeof generatedSplits)[number]) =>
      new Set(generator.rooms(split).map((room) => room.name))
    expect([...roomsOf('valid_unseen')].filter((room) => roomsOf('train').has(room))).toEqual([])
    expect(roomsOf('valid_seen')).toEqual(roomsOf('train'))
    expect(roomsOf('train').size).toBe(4 * 27)
    for (const [split, games] of samples) {
      const rooms = roomsOf(split)
      for (const { room } of games) expect(rooms.has(room)).toBe(true)
    }
    const worlds = new Set(samples.get('train')!.map(({ world }) => JSON.stringify(world.objects)))
    for (const { world } of samples.get('valid_seen')!) expect(worlds.has(JSON.stringify(world.objects))).toBe(false)
  })

  test('games in one room share its furniture', () => {
    const byRoom = Map.groupBy(everything, (game) => game.room)
    for (const games of byRoom.values()) {
      const furniture = new Set(games.map(({ world }) => JSON.stringify(world.receptacles)))
      expect(furniture.size).toBe(1)
    }
  })

  test('the sentence of the task tells an agent exactly the goal', () => {
    for (const { world, text } of everything) {
      const sentence = /Your task is to: [^"\\]*/.exec(JSON.parse(text).grammar)![0]
      const types = new Set(world.receptacles.map((receptacle) => receptacle.type))
      const { lamp: _, ...goal } = world.goal as Extract<typeof world.goal, { kind: 'look' }>
      expect(readGoal(sentence, types)).toEqual(goal)
    }
  })

  test('follows the statistics of the official games', () => {
    const games = Array.from({ length: 1500 }, (_, index) => generator.game('train', index))
    const share = (part: number, whole: number) => part / whole
    const types = Map.groupBy(games, (game) => game.type)
    expect(share(types.get('pick_two_obj_and_place')!.length, 1500)).toBeCloseTo(0.229, 1)
    expect(share(types.get('look_at_obj_in_light')!.length, 1500)).toBeCloseTo(0.087, 1)
    const means = {
      look_at_obj_in_light: 3.6,
      pick_and_place_simple: 4.2,
      pick_clean_then_place_in_recep: 6.3,
      pick_heat_then_place_in_recep: 6.2,
      pick_cool_then_place_in_recep: 6.2,
      pick_two_obj_and_place: 8.3,
    }
    for (const [type, mean] of Object.entries(means)) {
      const lengths = types.get(type as keyof typeof means)!.map(({ walkthrough }) => walkthrough.length)
      expect(Math.abs(lengths.reduce((a, b) => a + b, 0) / lengths.length - mean)).toBeLessThan(0.3)
    }
    const kitchens = games.filter(({ room }) => room.startsWith('k'))
    const placed = kitchens.flatMap(({ world }) =>
      world.objects.flatMap(({ type, receptacles }) => (type === 'spoon' ? [receptacles[0]!.split(' ')[0]!] : [])),
    )
    const inClass = (name: string) => share(placed.filter((place) => place === name).length, placed.length)
    expect(Math.abs(inClass('countertop') - 0.38)).toBeLessThan(0.06)
    expect(Math.abs(inClass('drawer') - 0.28)).toBeLessThan(0.06)
    expect(Math.abs(inClass('diningtable') - 0.21)).toBeLessThan(0.06)
    const objects = kitchens.reduce((sum, { world }) => sum + world.objects.length, 0) / kitchens.length
    expect(objects).toBeGreaterThan(38)
    expect(objects).toBeLessThan(56)
    const receptacles = kitchens.reduce((sum, { world }) => sum + world.receptacles.length, 0) / kitchens.length
    expect(receptacles).toBeGreaterThan(26)
    expect(receptacles).toBeLessThan(40)
  })

  test('draws the mixture that is asked for', () => {
    const only = new HouseholdGenerator({ seed: 1, trainRooms: 2, unseenRooms: 1, mix: { look_at_obj_in_light: 1 } })
    for (const split of generatedSplits)
      for (let i = 0; i < 20; i++) expect(only.game(split, i).type).toBe('look_at_obj_in_light')
  })

  test('sets tasks in rooms of the size that is asked for, which are the same rooms as ever', () => {
    const small = new HouseholdGenerator({ seed: 7, largestRoom: 12, mix: { pick_and_place_simple: 1 } })
    const plans = new Map(generatedSplits.flatMap((split) => generator.rooms(split).map((room) => [room.name, room])))
    for (const split of generatedSplits) {
      const games = Array.from({ length: 40 }, (_, index) => small.game(split, index))
      for (const { world, room } of games) {
        expect(world.receptacles.length).toBeLessThanOrEqual(12)
        expect(world.receptacles).toHaveLength(plans.get(room)!.receptacles.length)
      }
      expect(new Set(games.map(({ room }) => room)).size).toBeGreaterThan(1)
    }
    // No kitchen is so small, so nothing can be heated.
    const never = new HouseholdGenerator({ seed: 7, largestRoom: 12, mix: { pick_heat_then_place_in_recep: 1 } })
    expect(() => never.game('train', 0)).toThrow(/at most 12 receptacles allows a task of pick_heat.*have \d+ to \d+/)
  })

  test('refuses options that cannot be met, naming the field', () => {
    const message = (options: object) => {
      try {
        new HouseholdGenerator({ seed: 1, ...options })
      } catch (error) {
        if (LeapError.is(error)) return `${error.code} ${error.message}`
      }
      return 'nothing thrown'
    }
    expect(message({ trainRooms: 0 })).toMatch(/^GENERATOR_OPTIONS .*trainRooms/)
    expect(message({ mix: { pick_flowers: 1 } })).toMatch(/pick_flowers.*available: pick_and_place_simple/)
    expect(message({ mix: {} })).toMatch(/positive weight/)
    expect(message({ largestRoom: 2.5 })).toMatch(/^GENERATOR_OPTIONS .*largestRoom/)
  })
})
