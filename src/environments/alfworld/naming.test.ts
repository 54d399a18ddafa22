import { describe, expect, it } from 'vitest'
import { nameEntities } from './naming.ts'

describe('nameEntities', () => {
  it('counts down per class in order of id, and gives basins their class', () => {
    const ids = ['agent1', 'mug_bar_a', 'mug_bar_b', 'sink_bar_1_bar_sinkbasin', 'sinktype']
    expect(nameEntities(ids).map(({ name, base }) => [name, base])).toEqual([
      ['agent1 ', 'agent1'],
      ['mug 2', 'mug'],
      ['mug 1', 'mug'],
      ['sinkbasin 1', 'sinkbasin'],
      ['sinktype ', 'sinktype'],
    ])
  })
})
