import type { Domain } from '../contracts/domain.ts'
import type { ChatModel } from '../contracts/model.ts'
import type { ProgressReporter } from '../contracts/progress.ts'
import type { Task } from '../contracts/task.ts'
import type { Trainer } from '../contracts/trainer.ts'
import { compactRenderer } from '../datasets/step-example.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { leap } from '../leap.ts'
import { openRun } from '../runs/open-run.ts'
import type { Run } from '../runs/run.ts'
import { checkDomain } from './check-domain.ts'
import { chooseTasks } from './choose-tasks.ts'
import type { Config, TrainerConfig } from './config.ts'
import { trainControls } from './controls.ts'
import { createSteps } from './create-steps.ts'
import { createPolicyBook } from './policy-book.ts'
import type { Workshop } from './workshop.ts'

/** All that an experiment is made of; back ends come in, so that it knows none of them. */
export interface ExperimentOptions {
  config: Config
  directory: string
  domain: Domain
  /** Where the games come from, in words, for the manifest. */
  games: string
  /** Makes the untrained student in a folder, or names the folder of an existing one. */
  prepareBase: (folder: string, demonstrations: readonly Task[]) => Promise<string>
  openModel: (folder: string) => Promise<ChatModel>
  createTrainer: (settings: TrainerConfig) => Trainer
  /** Folder against which relative paths of the configuration are resolved; this process's if left out. */
  cwd?: string
  progress: ProgressReporter
  signal: AbortSignal
  leapVersion: string
}

export interface ExperimentResult {
  directory: string
  best: string
  /** In the order of the table: baselines, base, pi_0.., controls. One per policy and reported panel. */
  evaluations: Evaluation[]
  selection: Evaluation[]
}

/** A whole experiment: LEAP, its controls and baselines, all judged on the same panels. Resumes where a run directory was left. */
export async function runExperiment(options: ExperimentOptions): Promise<ExperimentResult> {
  const { config, domain, directory } = options
  checkDomain(config, domain)
  const tasks = await chooseTasks(domain.environment, config, domain.panels)
  const run = await openRun({
    directory,
    manifest: {
      leapVersion: options.leapVersion,
      environment: domain.environment.name,
      games: options.games,
      seed: config.seed,
      config,
    },
    panels: [tasks.selection, ...tasks.reported],
    free: ['config.rollouts.concurrency', 'config.evaluation.concurrency'],
  })
  try {
    const base = await openBase(run, options, tasks.demonstrations)
    const renderer = domain.renderer ?? compactRenderer
    const policies = createPolicyBook({
      folder: (name) => (name === 'base' ? base : run.paths.checkpoint(name)),
      openModel: options.openModel,
      renderer,
    })
    const shop: Workshop = { ...options, run, tasks, policies, renderer }
    return await judgeAll(run, shop)
  } finally {
    await run.close()
  }
}

/**
 * Folder of the untrained student. One that exists elsewhere is looked up in every session, so that it and the run may move; the hash of its weights
 * is among the inputs of each phase that uses it.
 */
async function openBase(run: Run, { config, prepareBase }: ExperimentOptions, demonstrations: readonly Task[]) {
  const fresh = run.paths.checkpoint('base')
  if (config.student.checkpoint !== undefined) return prepareBase(fresh, demonstrations)
  await run.phase('base', {}, async () => void (await prepareBase(fresh, demonstrations)))
  return fresh
}

async function judgeAll(run: Run, shop: Workshop): Promise<ExperimentResult> {
  const { config, domain, tasks } = shop
  const steps = createSteps(shop)
  const { best, selection, datasets } = await leap(steps, { iterations: config.iterations })
  const controls = config.controls ? await trainControls(shop, steps, datasets) : []
  const students = ['base', ...selection.map(({ policy }) => policy), ...controls]
  const evaluations: Evaluation[] = []
  for (const panel of tasks.reported) {
    for (const policy of domain.baselines?.() ?? []) evaluations.push(await steps.evaluate(policy, panel, {}))
    for (const name of students) evaluations.push(await steps.evaluateStudent(name, panel))
  }
  await run.note({ finished: true, best })
  return { directory: run.paths.directory, best, evaluations, selection }
}
