import type { PrivilegedState } from './privileged-state.ts'
import type { Task } from './task.ts'

/** An action taken earlier in the episode, with the observation that preceded it and the reason then given. */
export interface PastStep {
  observation: string
  /** What the domain listed as possible then. Prompts leave it out (as the paper's do); scripted agents use it. */
  candidates?: readonly string[]
  reason: string
  action: string
}

/** All that a policy may know at one step. */
export interface PolicyRequest {
  task: Task
  instruction: string
  history: readonly PastStep[]
  observation: string
  candidates?: readonly string[]
  /** Identifies the episode, so that a model can keep its key-value cache from step to step. */
  session: string
  /** Seed for this very decision, derived from the run's seed, the task and the step: the answer does not depend on who else runs. */
  seed: number
  /** The hidden state, given only to a policy that says `needsPrivilege`: a teacher that acts, never a student. */
  privileged?: PrivilegedState
  signal?: AbortSignal
}

export interface Decision {
  reason: string
  action: string
  promptHash?: string
  tokens?: { prompt: number; completion: number }
}

/** Student, prompted baseline or script: whatever chooses actions from what an agent may see. */
export interface Policy {
  readonly name: string
  /** True for a teacher that acts itself (demonstrations, roll-in mixture). The roll-out then passes the hidden state. */
  readonly needsPrivilege?: boolean
  /** Throws only for infrastructure failures; the episode then becomes `void`. */
  act(request: PolicyRequest): Promise<Decision>
  /** Called once when the episode of this session is over. */
  forget?(session: string): void
}
