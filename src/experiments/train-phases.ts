import type { DatasetExample, SftExample } from '../contracts/example.ts'
import { mixDatasets } from '../datasets/mix-datasets.ts'
import { trainingData } from '../datasets/training-data.ts'
import type { TrainerConfig } from './config.ts'
import { findBase } from './find-base.ts'
import { splitHeldOut } from './held-out.ts'
import type { PlayPhases } from './play-phases.ts'
import { trainPrivilegedTeacher } from './privileged-teacher.ts'
import { trainPolicy } from './train-policy.ts'
import { iterationSettings, sftSettings } from './trainer-settings.ts'
import type { Workshop } from './workshop.ts'

/** The phases of a run in which a policy is trained. */
export interface TrainPhases {
  /** Supervised, on these rows and the run's replay rows, from the policy of that name. */
  train(policy: string, options: { from: string; data: readonly SftExample[]; settings: TrainerConfig }): Promise<void>
  /** Line 8 of Algorithm 1 by the configured update rule, on D_0..D_i; `from` is pi_{i-1}. */
  update(policy: string, options: { from: string; datasets: readonly DatasetExample[][] }): Promise<void>
}

/** Binds training to a run directory. */
export function createTrainPhases(shop: Workshop, { play }: Pick<PlayPhases, 'play'>): TrainPhases {
  const { run, config, domain, policies, progress, signal, cwd = '.' } = shop
  const { seed } = config
  const { heldOut: share, replayWalks } = config.training
  const { rule, mixture, from: start, distill } = config.training.iteration
  const split = <Row extends SftExample>(rows: readonly Row[]) => splitHeldOut(rows, { share, seed })

  // The same rows for every policy of a run: made once.
  let replayed: SftExample[] | undefined
  const replayRows = () => (replayed ??= replayWalks > 0 ? (domain.replay?.(replayWalks, seed) ?? []) : [])
  const common = (settings: TrainerConfig) => {
    return { run, trainer: shop.createTrainer(settings), settings, seed, progress, signal }
  }
  const train: TrainPhases['train'] = async (policy, { from, data, settings }) => {
    const { train: rows, heldOut } = split(data)
    const examples = [...rows, ...replayRows()]
    const options = { policy, from: policies.folder(from), data: { rule: 'sft', examples } as const, heldOut }
    await trainPolicy({ ...common(settings), ...options })
  }

  let cloned: Promise<string> | undefined
  const teacherFolder = async (previous: string): Promise<string> => {
    const { teacher } = distill
    if (teacher === 'previous') return policies.folder(previous)
    if (teacher !== 'cloned') return findBase(teacher, cwd)
    cloned ??= trainPrivilegedTeacher(shop, { play, train })
    return policies.folder(await cloned)
  }
  return {
    train,
    async update(policy, { from, datasets }) {
      const origin = start === 'base' ? 'base' : from
      if (rule === 'sft') {
        const data = mixDatasets(datasets, mixture, seed)
        return train(policy, { from: origin, data, settings: sftSettings(config) })
      }
      const guide = rule === 'distill' ? { teacher: await teacherFolder(from) } : { reference: policies.folder(from) }
      await trainPolicy({
        ...common(iterationSettings(config)),
        policy,
        from: policies.folder(origin),
        // Replay rows are left out: the reference, or the teacher, is what keeps the policy from forgetting.
        data: trainingData([split(datasets.at(-1) ?? []).train], { rule, mixture, seed }),
        heldOut: split(datasets.flat()).heldOut,
        ...guide,
      })
    },
  }
}
