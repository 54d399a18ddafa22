import type { SearchProbe } from '../contracts/domain.ts'
import type { Panel } from '../contracts/panel.ts'
import { type EvaluateOptions, evaluateTrajectories } from '../evaluation/evaluate-trajectories.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { resolvePanel } from '../evaluation/panel.ts'
import { type RecordRolloutOptions, recordRollout } from './record-rollout.ts'
import type { Run } from './run.ts'

export interface RecordEvaluationOptions
  extends Omit<RecordRolloutOptions, 'tasks' | 'phase' | 'mix' | 'recordPrivilege'> {
  panel: Panel
  probe?: SearchProbe
  measures?: EvaluateOptions['measures']
  criterion?: string | undefined
}

/**
 * Judges a policy on a panel as a phase of the run, `evaluate-<policy>-<panel>`, and writes the evaluation. The panel's hash is proven
 * before anything is played. Throws what {@link resolvePanel}, {@link recordRollout} and {@link evaluateTrajectories} throw.
 */
export async function recordEvaluation(
  run: Run,
  { panel, probe, measures, criterion, maxVoidShare = 0.02, ...options }: RecordEvaluationOptions,
): Promise<Evaluation> {
  const { trajectories } = await recordRollout(run, {
    ...options,
    // The same share as below: a phase that is recorded as finished must be fit to be judged.
    maxVoidShare,
    tasks: await resolvePanel(options.environment, panel),
    phase: `evaluate-${options.policy.name}-${panel.name}`,
    inputs: { ...options.inputs, panel: panel.hash },
  })
  const evaluation = evaluateTrajectories({
    policy: options.policy.name,
    panel,
    trajectories: await trajectories.all(),
    maxSteps: options.maxSteps,
    maxVoidShare,
    ...(probe === undefined ? {} : { probe }),
    measures,
    criterion,
  })
  await run.writeEvaluation(evaluation)
  return evaluation
}
