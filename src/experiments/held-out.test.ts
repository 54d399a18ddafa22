import { describe, expect, it } from 'vitest'
import type { SftExample } from '../contracts/example.ts'
import { splitHeldOut } from './held-out.ts'

const row = (phase: string, game: number, step: number, sample = 0): SftExample => ({
  trajectoryId: `${phase}/train/pick-${game}/trial#${sample}`,
  step,
  source: 'demonstration',
  iteration: 0,
  prompt: [{ role: 'user', content: 'x' }],
  completion: 'y',
})
const dataset = (phase: string) =>
  Array.from({ length: 900 }, (_, index) => row(phase, Math.floor(index / 3), index % 3))
const games = (rows: readonly SftExample[]) =>
  new Set(rows.map(({ trajectoryId }) => /pick-\d+/.exec(trajectoryId)![0]))

describe('splitHeldOut', () => {
  it('sets about the share of games apart, whole games, in the order of the rows', () => {
    const rows = dataset('demonstrations')
    const { train, heldOut } = splitHeldOut(rows, { share: 0.1, seed: 1 })
    expect(train.length + heldOut.length).toBe(900)
    expect(games(heldOut).size).toBeGreaterThan(15)
    expect(games(heldOut).size).toBeLessThan(50)
    for (const game of games(heldOut)) expect(games(train)).not.toContain(game)
    expect(train).toEqual(rows.filter((one) => train.includes(one)))
  })

  it('sets the same games apart in every phase and sample, so that no label of theirs is ever trained on', () => {
    const first = splitHeldOut(dataset('demonstrations'), { share: 0.1, seed: 1 })
    const second = splitHeldOut(dataset('rollout-2'), { share: 0.1, seed: 1 })
    expect(games(second.heldOut)).toEqual(games(first.heldOut))
    const [game] = games(first.heldOut)
    const again = row('rollout-3', Number(game!.slice(5)), 0, 7)
    expect(splitHeldOut([again], { share: 0.1, seed: 1 }).heldOut).toEqual([again])
  })

  it('follows the seed, and knows all and nothing', () => {
    const rows = dataset('demonstrations')
    const held = (share: number, seed: number) => splitHeldOut(rows, { share, seed }).heldOut
    expect(games(held(0.1, 2))).not.toEqual(games(held(0.1, 1)))
    expect(held(0, 1)).toEqual([])
    expect(held(1, 1)).toEqual(rows)
  })
})
