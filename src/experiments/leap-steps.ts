import type { DatasetExample } from '../contracts/example.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { RecordFile } from '../runs/record-file.ts'

/** What the lines of Algorithm 1 do. All of them are resumable and deterministic; policies are named `pi_i` and live in the run's checkpoints. */
export interface LeapSteps {
  /** Line 1: demonstrations with reasons, as training rows. */
  demonstrate(): Promise<DatasetExample[]>
  /** Line 2: trains a policy on demonstrations from the base. */
  clone(policy: string, data: readonly DatasetExample[]): Promise<void>
  /** Lines 4 and 5: the policy plays the training tasks of this iteration; privileged states are recorded beside its steps. */
  rollOut(iteration: number, policy: string): Promise<RecordFile<Trajectory>>
  /** Lines 6 and 7: the teacher's corrections, checked and selected, as training rows. */
  correct(iteration: number, trajectories: RecordFile<Trajectory>): Promise<DatasetExample[]>
  /** Line 8: trains a policy on D_0..D_i by the update rule of the configuration; `from` is pi_{i-1}. */
  update(policy: string, options: { from: string; datasets: readonly DatasetExample[][] }): Promise<void>
  /** Judges a policy on the selection panel. */
  validate(policy: string): Promise<Evaluation>
}
