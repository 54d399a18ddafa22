import { describe, expect, it } from 'vitest'
import { describePath, makeLibrary, solvableIn, whyLeftOut } from './game-entry.ts'

describe('describePath', () => {
  it('names a game by its path from the split on', () => {
    expect(
      describePath(
        '/data/json_2.1.1/valid_seen/pick_heat_then_place_in_recep-Egg-None-Fridge-14/trial_T1/game.tw-pddl',
      ),
    ).toEqual({
      id: 'valid_seen/pick_heat_then_place_in_recep-Egg-None-Fridge-14/trial_T1',
      split: 'valid_seen',
      category: 'pick_heat_then_place_in_recep',
    })
  })

  it('takes the third folder from the end where no split is known, and less where there is less', () => {
    expect(describePath('games/mine/chores/7/game.tw-pddl')).toEqual({
      id: 'mine/chores/7',
      split: 'mine',
      category: undefined,
    })
    expect(describePath('game.tw-pddl')).toEqual({ id: 'games', split: 'games', category: undefined })
  })
})

describe('whyLeftOut', () => {
  it('leaves out what AlfredTWEnv leaves out', () => {
    expect(whyLeftOut('train/pick_and_place_simple-Egg-None-Fridge-1/t', true)).toBeUndefined()
    expect(whyLeftOut('train/pick_and_place_with_movable_recep-Egg-Pan-Fridge-1/t', true)).toContain('movable')
    expect(whyLeftOut('train/pick_and_place_simple-AppleSliced-None-Fridge-1/t', true)).toContain('sliced')
    expect(whyLeftOut('train/a/t', false)).toContain('unsolvable')
    expect(whyLeftOut('train/a/t', undefined)).toContain('does not say')
  })
})

describe('solvableIn', () => {
  it('reads the key and not the same words inside a text', () => {
    expect(solvableIn('{"grammar": "\\"solvable\\": false", "solvable" : true}')).toBe(true)
    expect(solvableIn('{"grammar": "\\"solvable\\": false"}')).toBeUndefined()
  })
})

describe('makeLibrary', () => {
  it('sorts by id and keeps the first of an id', () => {
    const entry = (id: string, source: string) => ({
      id,
      split: 's',
      category: undefined,
      source,
      read: () => ({ domain: '', grammar: '', problem: '' }),
    })
    const { entries, leftOut } = makeLibrary([entry('b', '1'), entry('a', '3'), entry('a', '2')], [])
    expect(entries.map(({ id, source }) => id + source)).toEqual(['a2', 'b1'])
    expect(leftOut).toEqual([{ source: '3', reason: 'has the id of 2' }])
  })
})
