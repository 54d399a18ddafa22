import type { Domain } from '../../contracts/domain.ts'
import type { Panel } from '../../contracts/panel.ts'
import type { Policy } from '../../contracts/policy.ts'
import type { Task } from '../../contracts/task.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'
import { evaluateTrajectories } from '../../evaluation/evaluate-trajectories.ts'
import type { Evaluation } from '../../evaluation/evaluation.ts'
import { rollout } from '../../execution/rollout.ts'
import type { CliContext } from '../context.ts'
import type { Progress } from '../progress/progress.ts'

export interface EvaluatePolicyOptions {
  domain: Domain
  policy: Policy
  panel: Panel
  tasks: readonly Task[]
  maxSteps: number
  samples: number
  concurrency: number
  seed: number
}

/** Rolls a policy out on every task of a panel, shows how far it is, and judges it. */
export async function evaluatePolicy(
  { clock, signal }: CliContext,
  progress: Progress,
  { domain, policy, panel, tasks, maxSteps, samples, concurrency, seed }: EvaluatePolicyOptions,
): Promise<Evaluation> {
  const { environment, searchProbe: probe, measures, criterion } = domain
  const phase = progress.phase(policy.name, { total: tasks.length * samples, unit: 'tasks' })
  const trajectories: Trajectory[] = []
  let successes = 0
  let text = ''
  try {
    const options = { environment, tasks, policy, maxSteps, samples, concurrency, seed, clock, signal }
    for await (const trajectory of rollout({ ...options, phase: 'eval' })) {
      trajectories.push(trajectory)
      if (trajectory.outcome === 'success') successes++
      text = `success ${((100 * successes) / trajectories.length).toFixed(1)} %`
      phase.set({ count: trajectories.length, text })
    }
    const evaluation = evaluateTrajectories({
      ...{ policy: policy.name, panel, trajectories, maxSteps, measures, criterion },
      ...(probe ? { probe } : {}),
    })
    phase.done(text)
    return evaluation
  } catch (error) {
    phase.fail(signal.aborted ? 'interrupted' : '')
    throw error
  }
}
