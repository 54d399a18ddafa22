import { pad, truncate } from '../text/display-width.ts'
import { formatCount, formatDuration, formatRate } from '../text/duration.ts'
import type { Style } from '../text/style.ts'
import { type PhaseState, phaseRate, timeLeft } from './phase-state.ts'

const nameColumns = 20

/** One line for a running phase on a terminal: name, bar, count, rate, time left, elapsed, remark; cut to the columns. */
export function renderRunning(phase: PhaseState, moment: number, columns: number, style: Style): string {
  const name = pad(truncate('  '.repeat(phase.depth) + phase.name, nameColumns), nameColumns)
  const bar =
    phase.total === undefined || phase.total <= 0
      ? ''
      : `${drawBar(phase.count / phase.total, columns < 109 ? 10 : 20)} `
  const rest = truncate(numbers(phase, moment).join('  '), Math.max(10, columns - nameColumns - bar.length - 1))
  return columns < nameColumns + bar.length + 12
    ? truncate(`${phase.name} ${rest}`, columns)
    : `${style.heading(name)} ${style.accent(bar)}${rest}`
}

/** The same facts as plain text, for the end of a phase and for output that is not a terminal. */
export function renderLine(phase: PhaseState, moment: number, style: Style): string {
  const path = [phase.name]
  for (let above = phase.parent; above; above = above.parent) path.unshift(above.name)
  const mark = phase.outcome === 'done' ? style.good('done') : phase.outcome === 'failed' ? style.bad('failed') : ''
  return [path.join(' > '), mark, ...numbers(phase, moment)].filter((part) => part !== '').join('  ')
}

function numbers(phase: PhaseState, moment: number): string[] {
  const now = phase.ended ?? moment
  const rate = phaseRate(phase, now)
  const left = phase.ended === undefined ? timeLeft(phase, now) : undefined
  return [
    phase.total !== undefined || phase.count > 0 ? counts(phase) : '',
    rate === undefined ? '' : formatRate(rate),
    formatDuration(now - phase.started),
    left === undefined ? '' : `${formatDuration(left)} left`,
    phase.text,
  ].filter((part) => part !== '')
}

function counts({ count, total, unit }: PhaseState): string {
  const suffix = unit === '' ? '' : ` ${unit}`
  if (total === undefined) return formatCount(count) + suffix
  const percent = total > 0 ? ` (${Math.floor((100 * Math.min(count, total)) / total)}%)` : ''
  return `${formatCount(count)}/${formatCount(total)}${suffix}${percent}`
}

function drawBar(share: number, barColumns: number): string {
  const eighths = Math.floor(Math.min(1, Math.max(0, share)) * barColumns * 8)
  const full = '█'.repeat(Math.floor(eighths / 8))
  const part = eighths % 8 === 0 ? '' : '▏▎▍▌▋▊▉'[(eighths % 8) - 1]!
  return pad(full + part, barColumns).replaceAll(' ', '·')
}
