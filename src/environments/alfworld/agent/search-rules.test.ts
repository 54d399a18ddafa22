import { describe, expect, it } from 'vitest'
import { Belief } from '../belief.ts'
import type { WorldState } from '../world-state.ts'
import { learnPlacements } from './learn-placements.ts'
import { PlacementPrior } from './placement-prior.ts'
import { exploringSearch, informedSearch, searchWorth, systematicSearch } from './search-rules.ts'

const unseen = ['shelf 1', 'cabinet 1', 'desk 1', 'desk 2']
const start = { observation: `You see a ${unseen.join(', a ')}.`, candidates: unseen.map((name) => `go to ${name}`) }
const belief = new Belief('put a pen in shelf.', start)
const atCabinet = new Belief('put a pen in shelf.', start)
atCabinet.update('go to cabinet 1', {
  observation: 'It is closed.',
  candidates: ['examine cabinet 1', 'open cabinet 1'],
})

const prior = new PlacementPrior()
for (let room = 0; room < 10; room++)
  prior.add([
    { receptacle: 'shelf 1', objects: room < 2 ? ['pen 1'] : [] },
    { receptacle: 'cabinet 1', objects: room < 6 ? ['pen 1', 'pen 2'] : [] },
    { receptacle: 'desk 1', objects: room < 4 ? ['pen 3', 'mug 1'] : ['mug 1'] },
  ])

describe('placements', () => {
  it('are the share of receptacles of a class that hold the class, smoothed', () => {
    expect(prior.probability('pen', 'cabinet')).toBeCloseTo(6.02 / 11)
    expect(prior.probability('mug', 'desk')).toBeCloseTo(10.02 / 11)
    expect(prior.probability('mug', 'shelf')).toBeCloseTo(0.02 / 11)
    expect(prior.probability('mug', 'bathtub')).toBeCloseTo(0.02)
  })

  it('survive being written and read', () => {
    const read = PlacementPrior.fromJSON(JSON.parse(JSON.stringify(prior)))
    expect(read.toJSON()).toEqual(prior.toJSON())
    expect(read.probability('pen', 'cabinet')).toBe(prior.probability('pen', 'cabinet'))
  })

  it('are learnt from rooms, where empty furniture counts too and a thing may lie in two places', () => {
    const room = {
      receptacles: ['desk 1', 'desk 2', 'shelf 1'].map((name) => ({ name })),
      objects: [
        { name: 'pen 1', receptacles: ['desk 1', 'shelf 1'] },
        { name: 'mug 1', receptacles: [] },
      ],
    } as unknown as WorldState
    expect(learnPlacements([room, room]).toJSON()).toEqual({
      receptacles: { desk: 4, shelf: 2 },
      holding: { 'pen@desk': 2, 'pen@shelf': 2 },
    })
  })
})

describe('search rules', () => {
  it('systematic: the first of the list', () => {
    expect(systematicSearch(belief, unseen, 'pen')).toBe('shelf 1')
  })

  it('informed: the likeliest for its cost, where a door counts unless one stands before it; ties by the list', () => {
    expect(searchWorth(prior, belief, 'cabinet 1', 'pen')).toBeCloseTo(6.02 / 22)
    expect(searchWorth(prior, atCabinet, 'cabinet 1', 'pen')).toBeCloseTo(6.02 / 11)
    expect(informedSearch(prior)(belief, unseen, 'pen')).toBe('desk 1')
    expect(informedSearch(prior)(atCabinet, unseen, 'pen')).toBe('cabinet 1')
  })

  it('exploring: what stands in front, then any place, by the draw alone', () => {
    const draws = [0, 0.26, 0.51, 0.99].map((draw) => exploringSearch(() => draw)(belief, unseen, 'pen'))
    expect(draws).toEqual(unseen)
    for (const draw of [0, 0.99]) expect(exploringSearch(() => draw)(atCabinet, unseen, 'pen')).toBe('cabinet 1')
  })
})
