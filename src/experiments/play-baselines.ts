import type { Panel } from '../contracts/panel.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { trajectorySchema } from '../contracts/trajectory.ts'
import { chooseBest } from '../evaluation/choose-best.ts'
import { evaluateTrajectories } from '../evaluation/evaluate-trajectories.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { createReactPolicy } from '../policies/react.ts'
import type { BaselineConfig } from './model-settings.ts'
import type { PlayPhases } from './play-phases.ts'
import type { Workshop } from './workshop.ts'

/** Name of a prompted baseline in tables and files. */
export function baselineName({ react, samples }: BaselineConfig): string {
  return samples > 1 ? `react ${react} (mean of ${samples})` : `react ${react}`
}

/**
 * Judges the prompted baselines of the configuration on a panel: one row each, and with several samples a further one for the best of them (paper's table 1 has
 * methods that may try more than once), whose transcripts are kept in `datasets/best-of-<policy>@<panel>.jsonl`.
 */
export async function playBaselines(
  shop: Workshop,
  phases: Pick<PlayPhases, 'evaluate'>,
  panel: Panel,
): Promise<Evaluation[]> {
  const { run, config, desk, domain, prompts } = shop
  const rows: Evaluation[] = []
  for (const baseline of config.baselines) {
    const { react, temperature, samples } = baseline
    const name = baselineName(baseline)
    const policy = createReactPolicy({ name, model: await desk.model(react, name), prompts, temperature })
    const inputs = { model: react, prompt: prompts.get('react').hash, temperature }
    rows.push(await phases.evaluate(policy, panel, inputs, { samples }))
    if (samples === 1) continue
    const file = await run.records(run.paths.trajectories(`evaluate-${name}-${panel.name}`), trajectorySchema)
    const best = chooseBest(await file.all())
    const bestName = `react ${react} (best of ${samples})`
    await run.writeDataset(`best-of-${bestName}@${panel.name}`, best)
    const evaluation = evaluateTrajectories({
      policy: bestName,
      panel,
      trajectories: best.map(asOnlySample),
      maxSteps: config.maxSteps,
      ...(domain.searchProbe ? { probe: domain.searchProbe } : {}),
      measures: domain.measures,
      criterion: domain.criterion,
    })
    await run.writeEvaluation(evaluation)
    rows.push(evaluation)
  }
  return rows
}

/** Evaluations count samples from 0. */
function asOnlySample(trajectory: Trajectory): Trajectory {
  return { ...trajectory, id: trajectory.id.replace(/#\d+$/, '#0') }
}
