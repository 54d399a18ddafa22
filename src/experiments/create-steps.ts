import type { Domain } from '../contracts/domain.ts'
import type { SftExample } from '../contracts/example.ts'
import type { Panel } from '../contracts/panel.ts'
import type { Policy } from '../contracts/policy.ts'
import type { ProgressReporter } from '../contracts/progress.ts'
import type { Task } from '../contracts/task.ts'
import type { Trainer } from '../contracts/trainer.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { correctionExamples } from '../datasets/correction-examples.ts'
import { demonstrationExamples } from '../datasets/demonstration-examples.ts'
import { selectCorrections } from '../datasets/select-corrections.ts'
import { compactRenderer } from '../datasets/step-example.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { recordCorrections } from '../runs/record-corrections.ts'
import { recordEvaluation } from '../runs/record-evaluation.ts'
import type { RecordFile } from '../runs/record-file.ts'
import { type RecordRolloutOptions, recordRollout } from '../runs/record-rollout.ts'
import type { Run } from '../runs/run.ts'
import type { ChosenTasks } from './choose-tasks.ts'
import type { Config, OptimiserConfig } from './config.ts'
import { createDemonstrator, labelReasons } from './demonstrate.ts'
import type { LeapSteps } from './leap-steps.ts'
import type { PolicyBook } from './policy-book.ts'
import { trainPolicy } from './train-policy.ts'

/** Everything that the lines of the algorithm work with. */
export interface Workshop {
  run: Run
  config: Config
  domain: Domain
  tasks: ChosenTasks
  policies: PolicyBook
  createTrainer: (settings: OptimiserConfig) => Trainer
  progress: ProgressReporter
  signal: AbortSignal
}

/** The steps of Algorithm 1, and the pieces of them that controls use too. */
export interface RunSteps extends LeapSteps {
  play(
    phase: string,
    options: Pick<RecordRolloutOptions, 'policy' | 'tasks' | 'inputs' | 'recordPrivilege' | 'mix'>,
  ): Promise<RecordFile<Trajectory>>
  train(
    policy: string,
    options: { from: string; data: readonly SftExample[]; settings: OptimiserConfig },
  ): Promise<void>
  evaluate(policy: Policy, panel: Panel, inputs: Record<string, unknown>): Promise<Evaluation>
  evaluateStudent(name: string, panel: Panel): Promise<Evaluation>
}

/** Binds the algorithm's lines to a run directory. */
export function createSteps(shop: Workshop): RunSteps {
  const { run, config, domain, tasks, policies, progress, signal } = shop
  const { environment } = domain
  const common = { environment, maxSteps: config.maxSteps, seed: config.seed, signal }
  const teacherSettings = { level: config.teacher.level, lambda: config.teacher.lambda }

  const shownRollout = (name: string, total: number) => {
    const shown = progress.phase(name, { total, unit: 'games' })
    return {
      onProgress: ({ done, successes }: { done: number; successes: number }) =>
        shown.set({ count: done, text: `success ${done === 0 ? '-' : `${((100 * successes) / done).toFixed(1)} %`}` }),
      done: (text: string) => shown.done(text),
    }
  }
  const play: RunSteps['play'] = async (phase, options) => {
    const shown = shownRollout(phase, options.tasks.length)
    const { concurrency } = config.rollouts
    const { summary, trajectories } = await recordRollout(run, {
      ...common,
      concurrency,
      phase,
      ...options,
      onProgress: shown.onProgress,
    })
    shown.done(`success ${percent(summary.successes / summary.episodes)}, ${summary.steps} steps`)
    return trajectories
  }
  const train: RunSteps['train'] = async (policy, { from, data, settings }) => {
    const trainer = shop.createTrainer(settings)
    const { heldOut, replayWalks } = config.training
    const replay = replayWalks > 0 ? (domain.replay?.(replayWalks, config.seed) ?? []) : []
    await trainPolicy({
      run,
      trainer,
      settings,
      policy,
      from: policies.folder(from),
      data,
      replay,
      heldOut,
      seed: config.seed,
      progress,
      signal,
    })
  }
  const evaluate: RunSteps['evaluate'] = async (policy, panel, inputs) => {
    const shown = shownRollout(`${policy.name} on ${panel.name}`, panel.taskIds.length)
    const { concurrency } = config.evaluation
    const probe = domain.searchProbe ? { probe: domain.searchProbe } : {}
    const evaluation = await recordEvaluation(run, {
      ...common,
      ...probe,
      concurrency,
      policy,
      panel,
      inputs,
      onProgress: shown.onProgress,
    })
    shown.done(`success ${percent(evaluation.success.rate)}`)
    return evaluation
  }
  const evaluateStudent: RunSteps['evaluateStudent'] = async (name, panel) => {
    const { temperature, constrained } = config.evaluation
    const student = await policies.open(name, { temperature, constrained })
    try {
      return await evaluate(student.policy, panel, { weights: student.hash, temperature, constrained })
    } finally {
      await student.close()
    }
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
    play,
    train,
    evaluate,
    evaluateStudent,
    async demonstrate() {
      const policy = createDemonstrator(domain, config.demonstrations.by)
      const file = await play('demonstrations', {
        policy,
        tasks: tasks.demonstrations,
        inputs: { by: config.demonstrations.by },
      })
      const won = (await file.all()).filter(({ outcome }) => outcome === 'success')
      const labelled = won.map((demonstration) => labelReasons(domain, demonstration))
      return saveDataset('demonstrations', demonstrationExamples(labelled, compactRenderer, domain.kindOf))
    },
    clone: (policy, data) => train(policy, { from: 'base', data, settings: config.training.cloning }),
    async rollOut(iteration, name) {
      const { temperature, mix } = config.rollouts
      const student = await policies.open(name, { temperature, constrained: true })
      const beta = mix[Math.min(iteration, mix.length) - 1]!
      const teacher = beta > 0 ? domain.teacherPolicy?.(teacherSettings) : undefined
      try {
        return await play(`rollout-${iteration}`, {
          policy: student.policy,
          tasks: tasks.rollouts[iteration - 1]! as Task[],
          inputs: { weights: student.hash, temperature },
          recordPrivilege: true,
          ...(teacher ? { mix: { policy: teacher, beta } } : {}),
        })
      } finally {
        await student.close()
      }
    },
    async correct(iteration, file) {
      const { on, perTrajectory, perKind, dropLoops, dropLeaks } = config.corrections
      const trajectories = (await file.all()).filter(
        ({ outcome }) => outcome === 'failure' || (on === 'all' && outcome === 'success'),
      )
      const shown = progress.phase(`corrections-${iteration}`, { total: trajectories.length, unit: 'games' })
      const { summary, corrections } = await recordCorrections(run, {
        phase: `corrections-${iteration}`,
        teacher: domain.teacher(teacherSettings),
        trajectories,
        inputs: { trajectories: file.entry.sha256, on, teacherSettings },
        checks: { leak: dropLeaks ? 'drop' : 'mark' },
        seed: config.seed,
        onProgress: ({ done }) => shown.set({ count: done }),
        signal,
      })
      const dropped = Object.entries(summary.dropped).map(([cause, count]) => `${count} ${cause}`)
      shown.done(`${summary.kept} labels kept${dropped.length > 0 ? `, dropped: ${dropped.join(', ')}` : ''}`)
      const byId = new Map(trajectories.map((trajectory) => [trajectory.id, trajectory]))
      const grouped = Map.groupBy(await corrections.all(), ({ trajectoryId }) => trajectoryId)
      const settings = { perKind, dropLoops, ...(perTrajectory ? { perTrajectory } : {}) }
      const selected = [...grouped].flatMap(([id, all]) => selectCorrections(byId.get(id)!, all, settings, config.seed))
      return saveDataset(
        `corrections-${iteration}`,
        correctionExamples({ trajectories, corrections: selected, iteration, renderer: compactRenderer }),
      )
    },
    update(policy, { from, data }) {
      const { from: start, ...settings } = config.training.iteration
      return train(policy, { from: start === 'base' ? 'base' : from, data, settings })
    },
    validate: (name) => evaluateStudent(name, tasks.selection),
  }
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`
