import type { Panel } from '../contracts/panel.ts'
import type { Policy } from '../contracts/policy.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { recordEvaluation } from '../runs/record-evaluation.ts'
import type { RecordFile } from '../runs/record-file.ts'
import { type RecordRolloutOptions, recordRollout } from '../runs/record-rollout.ts'
import { percent, type Workshop } from './workshop.ts'

/** The phases of a run in which somebody plays. */
export interface PlayPhases {
  /** Lets a policy play tasks as the phase of that name. */
  play(
    phase: string,
    options: Pick<RecordRolloutOptions, 'policy' | 'tasks' | 'inputs' | 'recordPrivilege' | 'mix'>,
  ): Promise<RecordFile<Trajectory>>
  /** Judges any policy on a panel; `inputs` are what determines how it plays. */
  evaluate(
    policy: Policy,
    panel: Panel,
    inputs: Record<string, unknown>,
    options?: { samples?: number },
  ): Promise<Evaluation>
  /** Judges a student of the run. */
  evaluateStudent(name: string, panel: Panel): Promise<Evaluation>
}

/** Binds playing and judging to a run directory. */
export function createPlayPhases({ run, config, domain, policies, progress, signal }: Workshop): PlayPhases {
  const { environment, searchProbe, measures, criterion } = domain
  const common = { environment, maxSteps: config.maxSteps, seed: config.seed, signal }

  const show = (name: string, total: number) => {
    const shown = progress.phase(name, { total, unit: 'games' })
    const onProgress = ({ done, successes }: { done: number; successes: number }) =>
      shown.set({ count: done, text: `success ${percent(successes, done)}` })
    return { onProgress, done: shown.done }
  }
  const evaluate: PlayPhases['evaluate'] = async (policy, panel, inputs, { samples = 1 } = {}) => {
    const { onProgress, done } = show(`${policy.name} on ${panel.name}`, panel.taskIds.length * samples)
    const evaluation = await recordEvaluation(run, {
      ...common,
      ...(searchProbe ? { probe: searchProbe } : {}),
      measures,
      criterion,
      concurrency: config.evaluation.concurrency,
      policy,
      panel,
      samples,
      inputs,
      onProgress,
    })
    done(`success ${percent(evaluation.success.rate, 1)}`)
    return evaluation
  }
  return {
    evaluate,
    async play(phase, options) {
      const { onProgress, done } = show(phase, options.tasks.length)
      const { concurrency } = config.rollouts
      const { summary, trajectories } = await recordRollout(run, {
        ...common,
        concurrency,
        phase,
        ...options,
        onProgress,
      })
      done(`success ${percent(summary.successes, summary.episodes)}, ${summary.steps} steps`)
      return trajectories
    },
    async evaluateStudent(name, panel) {
      const { temperature, constrained } = config.evaluation
      const student = await policies.open(name, { temperature, constrained })
      try {
        return await evaluate(student.policy, panel, { weights: student.hash, temperature, constrained })
      } finally {
        await student.close()
      }
    },
  }
}
