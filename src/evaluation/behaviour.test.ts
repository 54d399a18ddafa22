import { describe, expect, it } from 'vitest'
import { measureBehaviour } from './behaviour.ts'
import { fakeTrajectories } from './testing/fake-trajectories.ts'

const actions = ['go to box 1', 'go to box 2', 'bad', 'go to box 1', 'take ball', 'go to box 1']
const trajectories = fakeTrajectories(['failure', 'failure'], {
  actions: (index) => (index === 0 ? actions : ['go to box 1']),
})
const place = ({ action }: { action: string }) => /^go to (.+)$/.exec(action)?.[1]

describe('measureBehaviour', () => {
  it('counts inadmissible and repeated actions over all steps', () => {
    const behaviour = measureBehaviour(trajectories)
    expect(behaviour).toEqual({ inadmissible: 1 / 7, repeated: 2 / 7 })
  })

  it('counts returns to a place within an episode, not across episodes', () => {
    expect(measureBehaviour(trajectories, { place }).revisits).toBe(2 / 5)
  })

  it('lets a return be no fault once the search is over', () => {
    const isSearching = ({ steps }: (typeof trajectories)[number], index: number) =>
      !steps.slice(0, index).some(({ action }) => action === 'take ball')
    expect(measureBehaviour(trajectories, { place, isSearching }).revisits).toBe(1 / 4)
  })

  it('is zero where there is nothing to count', () => {
    expect(measureBehaviour([], { place })).toEqual({ inadmissible: 0, repeated: 0, revisits: 0 })
  })
})
