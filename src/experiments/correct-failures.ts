import type { Correction } from '../contracts/correction.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { selectCorrections } from '../datasets/select-corrections.ts'
import { type CorrectionsSummary, recordCorrections } from '../runs/record-corrections.ts'
import type { RecordFile } from '../runs/record-file.ts'
import { showPrivilege } from '../teachers/show-privilege.ts'
import { needsCorrection } from './needs-correction.ts'
import { openReviewers } from './open-reviewers.ts'
import { openTeacher } from './open-teacher.ts'
import { stateFromLogs } from './state-from-logs.ts'
import type { Workshop } from './workshop.ts'

export interface Corrected {
  /** Those that the teacher was asked about, with the hidden states that it was shown. */
  trajectories: Trajectory[]
  /** Checked; those that are not to be trained on are marked, none is left out. */
  corrections: Correction[]
  /** What the checks found. */
  summary: CorrectionsSummary
}

/** Lines 6 and 7 of Algorithm 1: asks the teacher about failed trajectories (or all), as the phase `corrections-<iteration>`, and selects what is trained on. */
export async function correctFailures(
  shop: Workshop,
  iteration: number,
  file: RecordFile<Trajectory>,
): Promise<Corrected> {
  const { run, config, progress, signal } = shop
  const { on, scoreAtMost, perTrajectory, perKind, dropLoops } = config.corrections
  const { privilege, state, concurrency } = config.teacher
  const phase = `corrections-${iteration}`
  const played = (await file.all()).filter((trajectory) => needsCorrection(trajectory, config.corrections))
  const told = state === 'log' ? await stateFromLogs(shop, iteration, played) : played
  const trajectories = showPrivilege(told, privilege)
  const { teacher, inputs, close } = await openTeacher(shop, iteration)
  const review = await openReviewers(shop, iteration)
  const shown = progress.phase(phase, { total: trajectories.length, unit: 'games' })
  try {
    const { summary, corrections } = await recordCorrections(run, {
      phase,
      teacher,
      trajectories,
      inputs: {
        trajectories: file.entry.sha256,
        on,
        ...(scoreAtMost === undefined ? {} : { scoreAtMost }),
        ...inputs,
        ...review.inputs,
      },
      checks: review.policies,
      reviewers: review.reviewers,
      seed: config.seed,
      concurrency,
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
    if (summary.received > 0 && kept === 0)
      progress.print(
        `${phase}: nothing that the teacher said can be trained on${dropped.length > 0 ? ` (${dropped.join(', ')})` : ''}, so this iteration adds nothing to the data; leap show tells what it said`,
      )
    return { trajectories, corrections: selected, summary }
  } finally {
    await close()
    await review.close()
  }
}
