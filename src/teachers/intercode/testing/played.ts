import type { PrivilegedState } from '../../../contracts/privileged-state.ts'
import type { Trajectory } from '../../../contracts/trajectory.ts'
import { describePrivilege } from '../../../environments/intercode/bash/privileged-state.ts'
import type { OwnBashTask } from '../../../environments/intercode/generator/generate-tasks.ts'

/** The hidden state of a generated task at a moment when it is done, or not. */
export const hidden = (
  task: OwnBashTask,
  { done = false, changes = false, expected = 'the expected output' } = {},
): PrivilegedState =>
  describePrivilege(
    { ...task, split: 'train' },
    {
      reward: {
        reward: done ? 1 : 0.34,
        fileDifference: done || !changes ? 0.33 : 0.05,
        fileChanges: 0.33,
        answerSimilarity: done ? 0.33 : 0,
        missing: [],
        extra: [],
        same: [],
        flags: [],
      },
      run: { output: expected, exitCode: 0, status: changes ? ' M a\n' : '', hashes: new Map() },
    },
  )

/** A trajectory of these steps: what was seen, what was done, what was hidden. */
export function trajectory(
  task: OwnBashTask,
  steps: [observation: string, action: string, privileged: PrivilegedState][],
): Trajectory {
  return {
    id: 't',
    task: { id: task.id, environment: 'intercode-bash', split: 'train', category: task.category },
    policy: 'p',
    instruction: task.query,
    steps: steps.map(([observation, action, privileged]) => ({
      observation,
      action,
      privileged,
      reason: 'r',
      score: 0,
      admissible: true,
    })),
    finalObservation: '',
    score: 0,
    outcome: 'failure',
  }
}
