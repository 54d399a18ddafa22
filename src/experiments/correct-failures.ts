import type { Correction } from '../contracts/correction.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { selectCorrections } from '../datasets/select-corrections.ts'
import { recordCorrections } from '../runs/record-corrections.ts'
import type { RecordFile } from '../runs/record-file.ts'
import { createIdentityTeacher } from '../teachers/identity.ts'
import { teacherSettings, type Workshop } from './workshop.ts'

export interface Corrected {
  /** Those that the teacher was asked about. */
  trajectories: Trajectory[]
  /** Checked; those that are not to be trained on are marked, none is left out. */
  corrections: Correction[]
}

/** Lines 6 and 7 of Algorithm 1: asks the teacher about failed trajectories (or all), as the phase `corrections-<iteration>`, and selects what is trained on. */
export async function correctFailures(
  shop: Workshop,
  iteration: number,
  file: RecordFile<Trajectory>,
): Promise<Corrected> {
  const { run, config, domain, progress, signal } = shop
  const { on, perTrajectory, perKind, dropLoops, dropLeaks } = config.corrections
  const phase = `corrections-${iteration}`
  // Distillation scores the student's own words, so there is nothing to rewrite.
  const isDistilled = config.training.iteration.rule === 'distill'
  const trajectories = (await file.all()).filter(
    ({ outcome }) => outcome === 'failure' || (on === 'all' && outcome === 'success'),
  )
  const shown = progress.phase(phase, { total: trajectories.length, unit: 'games' })
  const { summary, corrections } = await recordCorrections(run, {
    phase,
    teacher: isDistilled ? createIdentityTeacher(domain.kindOf) : domain.teacher(teacherSettings(config)),
    trajectories,
    inputs: { trajectories: file.entry.sha256, on, teacherSettings: teacherSettings(config) },
    checks: { leak: dropLeaks ? 'drop' : 'keep' },
    seed: config.seed,
    onProgress: ({ done }) => shown.set({ count: done }),
    signal,
  })
  const byId = new Map(trajectories.map((trajectory) => [trajectory.id, trajectory]))
  const settings = { perKind, dropLoops, ...(perTrajectory ? { perTrajectory } : {}) }
  const grouped = Map.groupBy(await corrections.all(), ({ trajectoryId }) => trajectoryId)
  const selected = [...grouped].flatMap(([id, all]) => selectCorrections(byId.get(id)!, all, settings, config.seed))
  const dropped = Object.entries(summary.dropped).map(([cause, count]) => `${count} ${cause}`)
  const kept = selected.filter((correction) => correction.dropped === undefined).length
  shown.done(
    `${summary.kept} sound labels${dropped.length > 0 ? `, dropped: ${dropped.join(', ')}` : ''}; ${kept} selected for training`,
  )
  return { trajectories, corrections: selected }
}
