import type { DatasetExample } from '../contracts/example.ts'
import { correctionExamples } from '../datasets/correction-examples.ts'
import { demonstrationExamples } from '../datasets/demonstration-examples.ts'
import { hashText } from '../support/hash.ts'
import { correctFailures } from './correct-failures.ts'
import { createDemonstrator } from './demonstrate.ts'
import { importDemonstrations } from './imported-demonstrations.ts'
import { labelDemonstrations } from './label-demonstrations.ts'
import type { LeapSteps } from './leap-steps.ts'
import { createPlayPhases, type PlayPhases } from './play-phases.ts'
import { createTrainPhases, type TrainPhases } from './train-phases.ts'
import { cloningSettings } from './trainer-settings.ts'
import { teacherSettings, type Workshop } from './workshop.ts'

/** The steps of Algorithm 1, and the pieces of them that controls use too. */
export type RunSteps = LeapSteps & PlayPhases & TrainPhases

/** Binds the algorithm's lines to a run directory. */
export function createSteps(shop: Workshop): RunSteps {
  const { run, config, domain, tasks, policies } = shop
  const phases = createPlayPhases(shop)

  const training = createTrainPhases(shop, phases)
  const saveDataset = async (name: string, examples: readonly DatasetExample[]) => {
    // Prompts are a function of trajectory, step and renderer, so their hashes will do; an export writes them out.
    await run.writeDataset(
      name,
      examples.map(({ prompt, privilegedPrompt: _, ...row }) => ({
        ...row,
        promptHash: hashText(prompt.map(({ content }) => content)),
      })),
    )
    return [...examples]
  }

  return {
    ...phases,
    ...training,
    async demonstrate() {
      const { by, from } = config.demonstrations
      if (from !== undefined) return saveDataset('demonstrations', await importDemonstrations(shop, from))
      const policy = createDemonstrator(domain, by)
      const file = await phases.play('demonstrations', { policy, tasks: tasks.demonstrations, inputs: { by } })
      const won = (await file.all()).filter(({ outcome }) => outcome === 'success')
      const labelled = await labelDemonstrations(shop, won)
      return saveDataset('demonstrations', demonstrationExamples(labelled, shop.renderer, domain.kindOf))
    },
    clone: (policy, data) => training.train(policy, { from: 'base', data, settings: cloningSettings(config) }),
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
      const { trajectories, corrections, summary } = await correctFailures(shop, iteration, file)
      shop.checks.set(iteration, summary)
      const withPrivilege = config.training.iteration.rule === 'distill'
      const rows = correctionExamples({
        trajectories,
        corrections,
        iteration,
        renderer: shop.renderer,
        withPrivilege,
      })
      return saveDataset(`corrections-${iteration}`, rows)
    },
    validate: (name) => phases.evaluateStudent(name, tasks.selection),
  }
}
