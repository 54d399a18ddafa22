import { describe, expect, test } from 'vitest'
import type { WorldObject, WorldReceptacle, WorldState } from '../world-state.ts'
import { moveShapes, putShapes } from './command-shapes.ts'
import { planFrom, planVia } from './plan-from.ts'
import { exhaustiveLength, isSolved, randomSmallWorld, successors } from './small-world.fixture.ts'

function perform(world: WorldState, command: string): WorldState {
  const successor = successors(world).find((candidate) => candidate.command === command)
  if (successor === undefined) throw new Error(`${command} is not applicable`)
  return successor.world
}

function receptacle(name: string, location: string, door?: 'open' | 'closed'): WorldReceptacle {
  return { name, type: name.split(' ')[0]!, location, openable: door !== undefined, open: door === 'open' }
}

function object(name: string, receptacles: string[], more: Partial<WorldObject> = {}): WorldObject {
  const flags = {
    cleanable: true,
    heatable: true,
    coolable: true,
    pickupable: true,
    toggleable: false,
    sliceable: false,
  }
  const state = { clean: false, hot: false, cool: false, on: false, toggled: false, sliced: false }
  return { name, type: name.split(' ')[0]!, receptacles, ...flags, ...state, ...more }
}

const kitchen: WorldState = {
  location: 'loc 9',
  receptacles: [
    receptacle('cabinet 2', 'loc 1', 'closed'),
    receptacle('cabinet 1', 'loc 2', 'closed'),
    receptacle('countertop 1', 'loc 3'),
    receptacle('drawer 1', 'loc 3', 'closed'),
    receptacle('fridge 1', 'loc 4', 'closed'),
    receptacle('sinkbasin 1', 'loc 5'),
  ],
  objects: [object('mug 2', ['countertop 1']), object('mug 1', ['cabinet 2']), object('knife 1', ['drawer 1'])],
  canContain: new Map([
    ['cabinet', new Set(['mug'])],
    ['countertop', new Set(['mug', 'knife'])],
    ['drawer', new Set(['knife'])],
  ]),
  goal: { kind: 'cool', object: 'mug', receptacle: 'cabinet' },
}

describe('planFrom', () => {
  test('is as short as exhaustive search in random little worlds, and every command works', () => {
    const lengths = new Map<number | undefined, number>()
    for (let seed = 0; seed < 1500; seed++) {
      const world = randomSmallWorld(seed)
      const plan = planFrom(world, moveShapes)
      const length = exhaustiveLength(world)
      expect({ seed, length: plan?.length }).toEqual({ seed, length })
      lengths.set(length, (lengths.get(length) ?? 0) + 1)
      let now = world
      for (const command of plan ?? []) {
        expect(isSolved(now)).toBe(false)
        now = perform(now, command)
      }
      if (plan) expect(isSolved(now)).toBe(true)
    }
    expect(lengths.size).toBeGreaterThan(8)
    expect(lengths.get(undefined) ?? 0).toBeLessThan(150)
  })

  test('cools behind a closed door, opens where it puts, and takes the lowest number among equals', () => {
    expect(planFrom(kitchen, moveShapes)).toEqual([
      'go to countertop 1',
      'take mug 2 from countertop 1',
      'go to fridge 1',
      'cool mug 2 with fridge 1',
      'go to cabinet 1',
      'open cabinet 1',
      'move mug 2 to cabinet 1',
    ])
    expect(planFrom(kitchen, putShapes)?.at(-1)).toBe('put mug 2 in/on cabinet 1')
  })

  test('gets rid of a wrong object where it stands next', () => {
    const holding: WorldState = {
      ...kitchen,
      location: 'loc 3',
      holding: 'knife 1',
      objects: kitchen.objects.map((o) => (o.name === 'knife 1' ? { ...o, receptacles: [] } : o)),
    }
    const plan = planVia(holding, moveShapes)
    expect(plan?.commands.slice(0, 2)).toEqual(['move knife 1 to countertop 1', 'take mug 2 from countertop 1'])
    expect(plan?.steps.map((step) => step.kind)).toEqual([
      'put-back',
      'take',
      'goto-tool',
      'cool',
      'goto-goal',
      'open',
      'put',
    ])
    expect(plan).toMatchObject({ target: 'mug 2', goalReceptacle: 'cabinet 1' })
  })

  test('does not go to where it stands', () => {
    const plan = planFrom({ ...kitchen, location: 'loc 3' }, moveShapes)
    expect(plan?.[0]).toBe('take mug 2 from countertop 1')
  })

  test('is undefined when nothing accepts the object in the hand, and for unknown goals', () => {
    const stuck = { ...kitchen, holding: 'bear 1', objects: [...kitchen.objects, object('bear 1', [])] }
    expect(planFrom(stuck, moveShapes)).toBeUndefined()
    expect(planFrom({ ...kitchen, goal: { kind: 'other' } }, moveShapes)).toBeUndefined()
  })

  test('a solved world needs an empty plan that still names its object', () => {
    const solved = { ...kitchen, objects: [object('mug 1', ['cabinet 2'], { cool: true })] }
    expect(planVia(solved, moveShapes)).toMatchObject({ commands: [], target: 'mug 1', goalReceptacle: 'cabinet 2' })
  })
})

describe('planVia', () => {
  test('finds the shortest plan by the object or to the receptacle that is asked for', () => {
    const byObject = planVia(kitchen, moveShapes, { object: 'mug 1' })
    // Its own cabinet is open when the mug has been taken from it.
    expect(byObject?.commands).toHaveLength(7)
    expect(byObject).toMatchObject({ target: 'mug 1', goalReceptacle: 'cabinet 2' })
    const toReceptacle = planVia(kitchen, moveShapes, { goalReceptacle: 'cabinet 2' })
    expect(toReceptacle?.commands).toHaveLength(7)
    expect(toReceptacle?.goalReceptacle).toBe('cabinet 2')
    expect(planVia(kitchen, moveShapes, { object: 'mug 2', goalReceptacle: 'cabinet 2' })?.commands.at(-1)).toBe(
      'move mug 2 to cabinet 2',
    )
    expect(planVia(kitchen, moveShapes, { object: 'mug 3' })).toBeUndefined()
  })

  test('a pair holds the object that is asked for', () => {
    for (let seed = 0; seed < 400; seed++) {
      const world = randomSmallWorld(seed)
      if (world.goal.kind !== 'two') continue
      const plan = planVia(world, moveShapes, { object: 'mug 2' })
      if (plan) expect(plan.targets).toContain('mug 2')
      if (plan) expect(plan.targets).toHaveLength(2)
    }
  })

  test('the last walk of a look plan names the receptacle with the lamp', () => {
    const world: WorldState = {
      location: 'loc 1',
      receptacles: [receptacle('bed 1', 'loc 1'), receptacle('desk 1', 'loc 2'), receptacle('shelf 1', 'loc 2')],
      objects: [
        object('book 1', ['bed 1']),
        object('desklamp 1', ['desk 1'], { pickupable: false, toggleable: true, toggled: true }),
      ],
      canContain: new Map(),
      goal: { kind: 'look', object: 'book', lamp: 'desklamp' },
    }
    expect(planVia(world, moveShapes)).toMatchObject({
      commands: ['take book 1 from bed 1', 'go to desk 1'],
      steps: [{ kind: 'take' }, { kind: 'goto-lamp', receptacle: 'desk 1' }],
      lamp: 'desklamp 1',
      goalReceptacle: 'desk 1',
    })
  })
})
