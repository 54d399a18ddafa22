import { describe, expect, test } from 'vitest'
import { privilegedStateSchema } from '../../../contracts/privileged-state.ts'
import { moveShapes } from './command-shapes.ts'
import { describePrivilege } from './privileged-state.ts'
import { randomSmallWorld } from './small-world.fixture.ts'

describe('describePrivilege', () => {
  test('states task, objects, places and the optimal actions, and keeps all of them as secrets', () => {
    const plain = randomSmallWorld(0)
    const mug = {
      ...plain.objects[0]!,
      name: 'mug 1',
      type: 'mug',
      receptacles: ['cabinet 1'],
      pickupable: true,
      heatable: true,
      hot: false,
      clean: false,
      cool: false,
    }
    const { holding: _, ...world } = plain
    const privilege = describePrivilege(
      {
        ...world,
        location: 'loc 9',
        objects: [mug],
        receptacles: [
          { name: 'cabinet 1', type: 'cabinet', location: 'loc 1', openable: true, open: false },
          { name: 'microwave 1', type: 'microwave', location: 'loc 2', openable: true, open: false },
          { name: 'table 1', type: 'table', location: 'loc 3', openable: false, open: false },
        ],
        canContain: new Map([['table', new Set(['mug'])]]),
        goal: { kind: 'heat', object: 'mug', receptacle: 'table' },
      },
      'put a hot mug on the table.',
      moveShapes,
    )
    expect(privilegedStateSchema.parse(privilege)).toEqual(privilege)
    expect(privilege.data).toMatchObject({
      task: 'put a hot mug on the table.',
      optimalActions: [
        'go to cabinet 1',
        'open cabinet 1',
        'take mug 1 from cabinet 1',
        'go to microwave 1',
        'heat mug 1 with microwave 1',
        'go to table 1',
        'move mug 1 to table 1',
      ],
      essentialObjects: [{ name: 'mug 1', receptacles: ['cabinet 1'], held: false, chosen: true, done: [] }],
      criticalLocations: [
        { name: 'cabinet 1', role: 'object', open: false },
        { name: 'microwave 1', role: 'tool', open: false },
        { name: 'table 1', role: 'goal' },
      ],
      places: { 'mug 1': ['cabinet 1'] },
      solvable: true,
      goalReceptacle: 'table 1',
    })
    expect(privilege.secrets).toEqual(
      expect.arrayContaining(['mug 1', 'cabinet 1', 'mug 1 @ cabinet 1', 'take mug 1 from cabinet 1']),
    )
    expect(privilege.secrets).not.toContain('table 1')
    expect(privilege.text).toContain('- mug 1: in or on cabinet 1')
    expect(privilege.text).toContain('- cabinet 1: the object is there, closed')
    expect(privilege.text).toContain('Shortest way from here (7 actions):\n1. go to cabinet 1\n')
  })

  test('says so when nothing reaches the goal, and when it holds already', () => {
    const texts = Array.from({ length: 300 }, (_, seed) =>
      describePrivilege(randomSmallWorld(seed), 'task', moveShapes),
    )
    const stuck = texts.filter(({ data }) => data.solvable === false)
    const solved = texts.filter(({ data }) => data.solvable === true && (data.optimalActions as string[]).length === 0)
    expect(stuck.length).toBeGreaterThan(0)
    expect(solved.length).toBeGreaterThan(0)
    for (const { text } of stuck) expect(text).toContain('No sequence of actions')
    for (const { text } of solved) expect(text).toContain('holds already')
  })

  test('puts the object of the plan first among the places', () => {
    for (let seed = 0; seed < 200; seed++) {
      const { data } = describePrivilege(randomSmallWorld(seed), 'task', moveShapes)
      const take = (data.optimalActions as string[]).find((action) => action.startsWith('take mug'))
      const objects = data.essentialObjects as { name: string; chosen: boolean }[]
      if (take && data.solvable)
        expect(objects.filter(({ chosen }) => chosen).some(({ name }) => take.includes(name))).toBe(true)
    }
  })
})
