import type { SftExample } from '../contracts/example.ts'
import { correctionExamples } from '../datasets/correction-examples.ts'
import { demonstrationExamples } from '../datasets/demonstration-examples.ts'
import { compactRenderer } from '../datasets/step-example.ts'
import type { OptimiserConfig } from './config.ts'
import { correctFailures } from './correct-failures.ts'
import { createDemonstrator, labelReasons } from './demonstrate.ts'
import type { LeapSteps } from './leap-steps.ts'
import { createPlayPhases, type PlayPhases } from './play-phases.ts'
import { trainPolicy } from './train-policy.ts'
import { teacherSettings, type Workshop } from './workshop.ts'

/** The steps of Algorithm 1, and the pieces of them that controls use too. */
export interface RunSteps extends LeapSteps, PlayPhases {
  train(
    policy: string,
    options: { from: string; data: readonly SftExample[]; settings: OptimiserConfig },
  ): Promise<void>
}

/** Binds the algorithm's lines to a run directory. */
export function createSteps(shop: Workshop): RunSteps {
  const { run, config, domain, tasks, policies, progress, signal } = shop
  const { seed } = config
  const phases = createPlayPhases(shop)

  // The same rows for every policy of a run: made once.
  let replayed: SftExample[] | undefined
  const replayRows = (walks: number) => (replayed ??= walks > 0 ? (domain.replay?.(walks, seed) ?? []) : [])
  const train: RunSteps['train'] = async (policy, { from, data, settings }) => {
    const { heldOut, replayWalks } = config.training
    const trainer = shop.createTrainer(settings)
    const replay = replayRows(replayWalks)
    const start = policies.folder(from)
    await trainPolicy({ run, trainer, settings, policy, from: start, data, replay, heldOut, seed, progress, signal })
  }
  const saveDataset = async (name: string, examples: readonly SftExample[]) => {
    // Prompts are a function of trajectory, step and renderer; an export writes them out.
    await run.writeDataset(
      name,
      examples.map(({ prompt: _, ...row }) => row),
    )
    return [...examples]
  }

  return {
    ...phases,
    train,
    async demonstrate() {
      const { by } = config.demonstrations
      const policy = createDemonstrator(domain, by)
      const file = await phases.play('demonstrations', { policy, tasks: tasks.demonstrations, inputs: { by } })
      const won = (await file.all()).filter(({ outcome }) => outcome === 'success')
      const labelled = won.map((demonstration) => labelReasons(domain, demonstration))
      return saveDataset('demonstrations', demonstrationExamples(labelled, compactRenderer, domain.kindOf))
    },
    clone: (policy, data) => train(policy, { from: 'base', data, settings: config.training.cloning }),
    async rollOut(iteration, name) {
      const { temperature, mix } = config.rollouts
      const student = await policies.open(name, { temperature, constrained: true })
      const beta = mix[Math.min(iteration, mix.length) - 1]!
      const teacher = beta > 0 ? domain.teacherPolicy?.(teacherSettings(config)) : undefined
      try {
        return await phases.play(`rollout-${iteration}`, {
          policy: student.policy,
          tasks: tasks.rollouts[iteration - 1]!,
          inputs: { weights: student.hash, temperature },
          recordPrivilege: true,
          ...(teacher ? { mix: { policy: teacher, beta } } : {}),
        })
      } finally {
        await student.close()
      }
    },
    async correct(iteration, file) {
      const { trajectories, corrections } = await correctFailures(shop, iteration, file)
      const rows = correctionExamples({ trajectories, corrections, iteration, renderer: compactRenderer })
      return saveDataset(`corrections-${iteration}`, rows)
    },
    update(policy, { from, data }) {
      const { from: start, ...settings } = config.training.iteration
      return train(policy, { from: start === 'base' ? 'base' : from, data, settings })
    },
    validate: (name) => phases.evaluateStudent(name, tasks.selection),
  }
}
