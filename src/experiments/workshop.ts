import type { Domain, TeacherSettings } from '../contracts/domain.ts'
import type { ProgressReporter } from '../contracts/progress.ts'
import type { Renderer } from '../contracts/renderer.ts'
import type { Trainer } from '../contracts/trainer.ts'
import type { Prompts } from '../policies/prompts/open-prompts.ts'
import type { CorrectionsSummary } from '../runs/record-corrections.ts'
import type { Run } from '../runs/run.ts'
import type { ChosenTasks } from './choose-tasks.ts'
import type { Config, TrainerConfig } from './config.ts'
import type { ModelDesk } from './model-desk.ts'
import type { PolicyBook } from './policy-book.ts'

/** Everything that the lines of the algorithm work with. */
export interface Workshop {
  run: Run
  config: Config
  domain: Domain
  tasks: ChosenTasks
  policies: PolicyBook
  /** How the student's prompts and answers are written: the same in training, roll-outs and judging. */
  renderer: Renderer
  /** The models that are asked over a network. */
  desk: ModelDesk
  /** The environment's prompts for chat models. */
  prompts: Prompts
  createTrainer: (settings: TrainerConfig) => Trainer
  /** Folder against which relative paths of the configuration are resolved; this process's if left out. */
  cwd?: string
  /** What the checks found, by iteration; filled on the way. */
  checks: Map<number, CorrectionsSummary>
  progress: ProgressReporter
  signal: AbortSignal
}

/** What a domain's scripted teacher is made with: one without privilege is of level 1. */
export function teacherSettings({ teacher: { level, lambda, privilege } }: Config): TeacherSettings {
  return { level: privilege === 'none' ? 1 : level, lambda }
}

/** `12.3 %`; a dash for a share of nothing. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`
}
