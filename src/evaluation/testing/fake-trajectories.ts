import type { Panel } from '../../contracts/panel.ts'
import type { Outcome, Trajectory } from '../../contracts/trajectory.ts'

export const fakePanel = (count: number, hash = '0123456789ab'): Panel => ({
  name: 'valid',
  environment: 'toy',
  taskIds: Array.from({ length: count }, (_, index) => taskId(index)),
  hash,
})

const taskId = (index: number) => `valid/${String(index).padStart(3, '0')}`

/** One trajectory per outcome, on tasks in order; even tasks are `near`, odd ones `far`. */
export function fakeTrajectories(
  outcomes: readonly Outcome[],
  { actions = () => ['a', 'b'], sample = 0 }: { actions?: (index: number) => string[]; sample?: number } = {},
): Trajectory[] {
  return outcomes.map((outcome, index) => ({
    id: `evaluate/${taskId(index)}#${sample}`,
    task: { id: taskId(index), environment: 'toy', split: 'valid', category: index % 2 === 0 ? 'near' : 'far' },
    policy: 'pi_0',
    instruction: 'Find the ball.',
    steps: actions(index).map((action) => ({
      observation: 'Nothing.',
      reason: 'So.',
      action,
      score: 0,
      admissible: action !== 'bad',
    })),
    finalObservation: 'End.',
    score: outcome === 'success' ? 1 : 0,
    outcome,
    ...(outcome === 'void' ? { cause: 'server down' } : {}),
  }))
}
