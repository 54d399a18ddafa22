import { describe, expect, it } from 'vitest'
import type { Trajectory } from '../contracts/trajectory.ts'
import { lostGame } from './llm/testing/household.ts'
import { showPrivilege } from './show-privilege.ts'

const game = (id: string, task: string, states: readonly string[]): Trajectory => ({
  ...lostGame,
  id,
  task: { ...lostGame.task, id: task },
  steps: states.map((text) => ({ ...lostGame.steps[0]!, privileged: { text, data: {}, secrets: [text] } })),
})
const games = [game('b', 't1', ['b0', 'b1', 'b2']), game('a', 't1', ['a0']), game('c', 't2', ['c0', 'c1'])]
const textsOf = (trajectories: readonly Trajectory[]) =>
  trajectories.map(({ steps }) => steps.map(({ privileged }) => privileged?.text))

describe('the hidden state that a teacher is shown', () => {
  it('is that of another task, as far into it, and never of the same task', () => {
    expect(textsOf(showPrivilege(games, 'other-task'))).toEqual([['c0', 'c1', 'c1'], ['c0'], ['a0', 'a0']])
    // The order in which the trajectories come does not matter.
    expect(textsOf(showPrivilege([...games].reverse(), 'other-task')).reverse()).toEqual(
      textsOf(showPrivilege(games, 'other-task')),
    )
  })

  it('is its own unless asked otherwise', () => {
    expect(showPrivilege(games, 'own')).toEqual(games)
    expect(showPrivilege(games, 'none')).toEqual(games)
  })

  it('cannot be another one where there is one task only', () => {
    expect(() => showPrivilege(games.slice(0, 2), 'other-task')).toThrow(/at least two tasks/)
  })
})
