import { describe, expect, test } from 'vitest'
import { LeapError } from '../../../contracts/error.ts'
import { GeneratedGames } from './generated-games.ts'

const games = new GeneratedGames({ seed: 5, counts: { train: 50, valid_seen: 5 } })

function codeOf(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    if (LeapError.is(error)) return error.code
  }
  return 'nothing thrown'
}

describe('GeneratedGames', () => {
  test('lists as many sorted ids as asked for and makes each game from its id', () => {
    const ids = games.ids('train')
    expect(ids).toHaveLength(50)
    expect(ids).toEqual([...ids].sort())
    for (const id of ids) expect(games.game(id).id).toBe(id)
    expect(games.ids('valid_seen')).toHaveLength(5)
    expect(games.ids('valid_unseen')).toHaveLength(600)
  })

  test('games of an id are those of the same options', () => {
    const [id] = games.ids('train')
    expect(new GeneratedGames({ seed: 5 }).game(id!).text).toBe(games.game(id!).text)
  })

  test('says what it does not have', () => {
    const [id] = games.ids('train')
    expect(codeOf(() => games.ids('test'))).toBe('SPLIT_UNKNOWN')
    expect(codeOf(() => games.game('train/else/000001'))).toBe('TASK_UNKNOWN')
    expect(codeOf(() => games.game(id!.replace(/\d+$/, '000050')))).toBe('TASK_UNKNOWN')
    expect(codeOf(() => games.game('nonsense'))).toBe('TASK_UNKNOWN')
    expect(codeOf(() => new GeneratedGames({ seed: 6, counts: { train: 50 } }).game(id!))).toBe('TASK_UNKNOWN')
    expect(codeOf(() => new GeneratedGames({ seed: 5, counts: { train: -1 } }))).toBe('GENERATOR_OPTIONS')
    expect(codeOf(() => new GeneratedGames({ seed: 5, counts: { tran: 1 } as object }))).toBe('SPLIT_UNKNOWN')
  })
})
