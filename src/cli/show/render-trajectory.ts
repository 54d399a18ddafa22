import type { Correction } from '../../contracts/correction.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'
import { sanitize, sanitizeLine } from '../text/sanitize.ts'
import type { Style } from '../text/style.ts'
import { wrap } from '../text/wrap.ts'
import { type RenderOptions, renderStep } from './render-step.ts'

/** A whole trajectory with its corrections, as lines for a terminal or a pipe. */
export function renderTrajectory(
  trajectory: Trajectory,
  corrections: readonly Correction[],
  options: RenderOptions,
): string[] {
  const { columns, style } = options
  const byStep = new Map(corrections.map((correction) => [correction.step, correction]))
  const fact = (name: string, text: string) =>
    wrap(text, columns - 9).map((line, index) => `${(index === 0 ? name : '').padEnd(9)}${line}`)
  return [
    ...wrap(sanitizeLine(trajectory.id), columns).map(style.heading),
    ...fact('policy', sanitizeLine(trajectory.policy)),
    ...fact('task', sanitizeLine(trajectory.task.category)),
    ...fact('asked', sanitizeLine(trajectory.instruction)),
    ...fact('outcome', describeOutcome(trajectory, style)),
    ...fact('teacher', describeCorrections(corrections)),
    '',
    ...trajectory.steps.flatMap((step, index) => renderStep(step, index, byStep.get(index), options)),
    style.dim('── end '.padEnd(columns, '─')),
    ...wrap(sanitize(trajectory.finalObservation), columns),
  ]
}

/** `failure after 30 actions, score 0`, with the cause where it is void. */
export function describeOutcome({ outcome, steps, score, cause }: Trajectory, style: Style): string {
  const paint = { success: style.good, failure: style.bad, void: style.warning }[outcome]
  const because = cause === undefined ? '' : `: ${sanitizeLine(cause)}`
  return `${paint(outcome)} after ${steps.length} ${steps.length === 1 ? 'action' : 'actions'}, score ${score}${because}`
}

/** `12 corrected, 3 left as they were; 2 dropped (leak 1, loop 1)`. */
export function describeCorrections(corrections: readonly Correction[]): string {
  if (corrections.length === 0) return 'no corrections'
  const corrected = corrections.filter(({ isCorrected }) => isCorrected).length
  const causes = new Map<string, number>()
  for (const { dropped } of corrections) if (dropped !== undefined) causes.set(dropped, (causes.get(dropped) ?? 0) + 1)
  const dropped = [...causes.values()].reduce((sum, count) => sum + count, 0)
  const list = [...causes].map(([cause, count]) => `${sanitizeLine(cause)} ${count}`).join(', ')
  return `${corrected} corrected, ${corrections.length - corrected} left as they were${dropped === 0 ? '' : `; ${dropped} dropped (${list})`}`
}
