import type { Clock } from '../../support/clock.ts'
import type { TextOutput } from '../context.ts'
import type { Style } from '../text/style.ts'
import type { PhaseState } from './phase-state.ts'
import type { ProgressDisplay } from './progress.ts'
import { renderLine, renderRunning } from './render-phase.ts'

export interface TerminalDisplayOptions {
  stream: TextOutput
  clock: Clock
  style: Style
  /** The phases that are open, outermost first; read at every drawing. */
  roots: readonly PhaseState[]
  /** Least milliseconds between two drawings. */
  every: number
}

/** Draws the open phases below the text, in place. A phase that ends leaves one line behind. */
export function createTerminalDisplay({ stream, clock, style, roots, every }: TerminalDisplayOptions): ProgressDisplay {
  let drawn = 0
  let drawnAt = Number.NEGATIVE_INFINITY

  const erase = () => {
    const text = drawn === 0 ? '' : `\u001b[${drawn}A\r\u001b[J`
    drawn = 0
    return text
  }
  const draw = (above = '') => {
    const moment = clock.elapsed()
    // One column less than there is: a full line would wrap, and the cursor would come back to the wrong place.
    const columns = Math.max(20, (stream.columns || 80) - 1)
    const lines = openPhases(roots).map((phase) => renderRunning(phase, moment, columns, style))
    const text = `${erase()}${above}${lines.map((line) => `${line}\n`).join('')}`
    drawn = lines.length
    drawnAt = moment
    if (text !== '') stream.write(text)
  }
  const drawIfDue = () => {
    if (clock.elapsed() - drawnAt >= every) draw()
  }
  return {
    started: () => draw(),
    changed: drawIfDue,
    ended: (phase) => draw(`${'  '.repeat(phase.depth)}${renderLine({ ...phase, parent: undefined }, 0, style)}\n`),
    print: (line) => draw(`${line}\n`),
    tick: drawIfDue,
    close: () => {
      const text = erase()
      if (text !== '') stream.write(text)
    },
  }
}

function openPhases(phases: readonly PhaseState[]): PhaseState[] {
  return phases.filter((phase) => phase.ended === undefined).flatMap((phase) => [phase, ...openPhases(phase.children)])
}
