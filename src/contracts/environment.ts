import type { PrivilegedState } from './privileged-state.ts'
import type { Task } from './task.ts'

/** What an agent sees after a reset or a step. */
export interface Observation {
  text: string
  /** Actions that the domain lists as possible now, sorted; absent where the domain has no such list (free text, shell). */
  candidates?: string[]
  /** Score of the episode so far, 0 to 1. */
  score: number
  /** True once the episode cannot go on (solved, bought, submitted). The step limit is the rollout's business, not the episode's. */
  done: boolean
  /** Domain-specific facts for metrics (for example `{ reward: {...} }`); never shown to a policy. */
  info?: Record<string, unknown>
}

/** A live instance of a task. One owner, one call at a time. */
export interface Episode {
  readonly task: Task
  /** What the agent is asked to do, in the words of the domain. */
  readonly instruction: string
  /** Starts the task again from its beginning. */
  reset(): Promise<Observation>
  /** Performs one action. An impossible action is an observation ("Nothing happens."), never an exception. */
  step(action: string): Promise<Observation>
  /** The hidden state at this moment. For teachers only. */
  privilegedState(): Promise<PrivilegedState>
  close(): Promise<void>
}

/** A family of tasks with one action language. */
export interface Environment {
  readonly name: string
  /** The splits that can be asked for. */
  readonly splits: readonly string[]
  /** All tasks of a split, sorted by id. Throws a LeapError `SPLIT_UNKNOWN` that lists the splits there are. */
  tasks(split: string): Promise<Task[]>
  /** A hash of everything that defines the task (game file, goal row), for panel hashes. */
  contentHash(task: Task): Promise<string>
  /** A sequence of actions that solves the task, where one is known: used by preflight ("a gold solution wins") and as demonstrations. */
  solution(task: Task): Promise<string[] | undefined>
  open(task: Task): Promise<Episode>
  close(): Promise<void>
}
