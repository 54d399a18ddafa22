import { expect, it } from 'vitest'
import { Belief } from '../belief.ts'
import { walkAtRandom } from '../testing/random-walk.ts'
import { believe } from './believe.ts'

const snapshot = ({ goal, receptacles, contents, here, holding, done, visits, candidates }: Belief) =>
  structuredClone({ goal, receptacles, contents, here, holding, done, visits, candidates })

it('rebuilds from a history what a belief that grew with it holds', () => {
  for (let game = 0; game < 6; game++) {
    const { instruction, steps, last } = walkAtRandom({ game, steps: 30 })
    const grown = new Belief(instruction, steps[0]!)
    for (const [index, { action }] of steps.entries()) {
      expect(snapshot(believe(instruction, steps.slice(0, index), steps[index]!))).toEqual(snapshot(grown))
      grown.update(action, steps[index + 1] ?? last)
    }
    expect(grown.visits.size).toBeGreaterThan(2)
    expect(grown.contents.size).toBeGreaterThan(2)
  }
})

it('takes missing candidates for none', () => {
  const belief = believe('put a mug in desk.', [], { observation: 'You see a desk 1.' })
  expect(belief.receptacles).toEqual(['desk 1'])
  expect(belief.candidates.size).toBe(0)
})
