import type { Domain, TeacherSettings } from '../contracts/domain.ts'
import type { ProgressReporter } from '../contracts/progress.ts'
import type { Renderer } from '../contracts/renderer.ts'
import type { Trainer } from '../contracts/trainer.ts'
import type { Run } from '../runs/run.ts'
import type { ChosenTasks } from './choose-tasks.ts'
import type { Config, TrainerConfig } from './config.ts'
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
  createTrainer: (settings: TrainerConfig) => Trainer
  /** Folder against which relative paths of the configuration are resolved; this process's if left out. */
  cwd?: string
  progress: ProgressReporter
  signal: AbortSignal
}

/** What a domain's teacher is made with. */
export function teacherSettings({ teacher: { level, lambda } }: Config): TeacherSettings {
  return { level, lambda }
}

/** `12.3 %`; a dash for a share of nothing. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`
}
