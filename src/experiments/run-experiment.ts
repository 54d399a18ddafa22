import type { Domain } from '../contracts/domain.ts'
import type { ChatModel } from '../contracts/model.ts'
import type { ProgressReporter } from '../contracts/progress.ts'
import type { Task } from '../contracts/task.ts'
import type { Trainer } from '../contracts/trainer.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { describeFailure } from '../execution/infrastructure-failure.ts'
import { leap } from '../leap.ts'
import type { Spending } from '../models/wrappers/ledger.ts'
import { openRun } from '../runs/open-run.ts'
import type { CorrectionsSummary } from '../runs/record-corrections.ts'
import type { Run } from '../runs/run.ts'
import { type Clock, systemClock } from '../support/clock.ts'
import { checkDomain } from './check-domain.ts'
import { checkPrompts } from './check-prompts.ts'
import { chooseTasks } from './choose-tasks.ts'
import type { Config, TrainerConfig } from './config.ts'
import { trainControls } from './controls.ts'
import { createSteps } from './create-steps.ts'
import { createModelDesk, type ModelDesk } from './model-desk.ts'
import { playBaselines } from './play-baselines.ts'
import { createPolicyBook } from './policy-book.ts'
import { preflight } from './preflight.ts'
import { recordSpending } from './record-spending.ts'
import { promptsFor, rendererFor } from './renderer-for.ts'
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
  /** Opens a model by its name, bare (`openModel` of the models room). Needed where the configuration names one. */
  openNamedModel?: (spec: string, providerOptions?: Readonly<Record<string, unknown>>) => Promise<ChatModel>
  createTrainer: (settings: TrainerConfig) => Trainer
  /** Folder against which relative paths of the configuration are resolved; this process's if left out. */
  cwd?: string
  progress: ProgressReporter
  signal: AbortSignal
  leapVersion: string
  /** Default: the machine's. */
  clock?: Clock
}

export interface ExperimentResult {
  directory: string
  best: string
  /** In the order of the table: baselines, base, pi_0.., controls. One per policy and reported panel. */
  evaluations: Evaluation[]
  selection: Evaluation[]
  /** What the checks found, by iteration. */
  checks: { iteration: number; summary: CorrectionsSummary }[]
  /** What models cost, by phase, over all sessions of the run; empty where none was asked. */
  spending: Spending[]
}

/**
 * Where and in what portions TRL computes. Who runs out of memory changes these, and must not lose what was played and corrected; only the training at hand
 * starts anew.
 */
const freeOfTrl = [
  'python',
  'rowsPerDevice',
  'accumulation',
  'gradientCheckpointing',
  'attention',
  'useCpu',
  'saveEvery',
  'distributed',
]

/** A whole experiment: LEAP, its controls and baselines, all judged on the same panels. Resumes where a run directory was left. */
export async function runExperiment(options: ExperimentOptions): Promise<ExperimentResult> {
  const { config, domain, directory } = options
  checkDomain(config, domain)
  checkPrompts(config, domain, options.cwd)
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
    free: [
      'config.rollouts.concurrency',
      'config.evaluation.concurrency',
      'config.teacher.concurrency',
      'config.models',
      'config.serving',
      ...freeOfTrl.map((field) => `config.training.trl.${field}`),
    ],
  })
  const desk = openDesk(run, options)
  try {
    const base = await openBase(run, options, tasks.demonstrations)
    const renderer = rendererFor(config, domain, options.cwd)
    const policies = createPolicyBook({
      folder: (name) => (name === 'base' ? base : run.paths.checkpoint(name)),
      openModel: options.openModel,
      renderer,
    })
    const prompts = promptsFor(config, domain, options.cwd)
    const shop: Workshop = { ...options, run, tasks, policies, renderer, desk, prompts, checks: new Map() }
    await preflight(shop)
    return await judgeAll(run, shop)
  } finally {
    // Calls on their way come to their end first: they are paid for.
    await desk.close()
    await recordSpending(run, desk)
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

function openDesk(run: Run, { config, progress, openNamedModel, clock = systemClock }: ExperimentOptions): ModelDesk {
  return createModelDesk({
    journal: run.paths.calls,
    settings: config.models,
    providerOptions: config.providerOptions,
    seed: config.seed,
    clock,
    open:
      openNamedModel ??
      ((spec) => {
        throw new TypeError(`the configuration names the model ${spec}: runExperiment needs openNamedModel`)
      }),
    onEvent(event) {
      if (event.kind !== 'retry') progress.print(event.message)
      // One or two failures are everyday; somebody who waits wants to know of more.
      else if (event.attempt >= 3)
        progress.print(
          `${event.model}: attempt ${event.attempt} failed (${describeFailure(event.error)}); next one in ${Math.ceil(event.wait / 1000)} s`,
        )
    },
  })
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
    evaluations.push(...(await playBaselines(shop, steps, panel)))
    for (const name of students) evaluations.push(await steps.evaluateStudent(name, panel))
  }
  await run.note({ finished: true, best })
  const checks = [...shop.checks].map(([iteration, summary]) => ({ iteration, summary }))
  return { directory: run.paths.directory, best, evaluations, selection, checks, spending: shop.desk.spending() }
}
