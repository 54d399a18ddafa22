import type { Clock } from '../../support/clock.ts'
import type { TextOutput } from '../context.ts'
import { isOverlayOutput } from '../overlay-output.ts'
import { sanitizeLine } from '../text/sanitize.ts'
import { createStyle, type Style } from '../text/style.ts'
import { createLineDisplay } from './line-display.ts'
import { createPhaseState, type PhaseOptions, type PhaseState } from './phase-state.ts'
import { createTerminalDisplay } from './terminal-display.ts'

/** One piece of work on display. All calls are cheap: call them as often as you like. */
export interface ProgressPhase {
  /** Counts so many more as done. */
  advance(count?: number): void
  /** Sets what is known; `text` is one extra remark behind the numbers (a loss, a success rate). */
  set(values: { count?: number; total?: number; text?: string }): void
  /** Starts a phase inside this one. */
  phase(name: string, options?: PhaseOptions): ProgressPhase
  /** Ends the phase and what is left open inside it. */
  done(text?: string): void
  fail(text?: string): void
}

export interface Progress {
  phase(name: string, options?: PhaseOptions): ProgressPhase
  /** Prints a line that stays, above the bars. */
  print(line: string): void
  /** Takes the display away and stops its timer; phases that are still open end as they are. */
  stop(): void
}

export interface ProgressOptions {
  clock: Clock
  style?: Style
  /** Redraw in place. Default: the stream is a terminal that can move its cursor. */
  interactive?: boolean
  /** Milliseconds between two drawings on a terminal. Default 100. */
  redrawEvery?: number
  /** Milliseconds between two lines of one phase elsewhere. Default 5000. */
  lineEvery?: number
  /** Calls back every so often, so that the elapsed time moves while nothing comes in; returns its end. */
  ticker?: (callback: () => void) => () => void
}

/** What draws the phases: in place on a terminal, or line by line. */
export interface ProgressDisplay {
  started(phase: PhaseState): void
  changed(phase: PhaseState): void
  ended(phase: PhaseState): void
  print(line: string): void
  tick(): void
  close(): void
}

/** Shows nested phases with a bar, count, rate, time left and elapsed: redrawn in place on a terminal, as occasional lines elsewhere. */
export function createProgress(stream: TextOutput, options: ProgressOptions): Progress {
  const { clock, style = createStyle(false), interactive = stream.isTTY === true, ticker = everySecond } = options
  const roots: PhaseState[] = []
  // Warnings of others go above the bars.
  const held = isOverlayOutput(stream) ? stream.hold((text) => display.print(text.replace(/\n$/, ''))) : undefined
  const bare = held?.bare ?? stream
  const display: ProgressDisplay = interactive
    ? createTerminalDisplay({ stream: bare, clock, style, roots, every: options.redrawEvery ?? 100 })
    : createLineDisplay({ stream: bare, clock, style, every: options.lineEvery ?? 5000 })
  let stopped = false
  const stopTicker = ticker(() => display.tick())

  const begin = (name: string, phaseOptions: PhaseOptions, parent?: PhaseState): ProgressPhase => {
    const state = createPhaseState(sanitizeLine(name), phaseOptions, clock.elapsed(), parent)
    if (parent) parent.children.push(state)
    else roots.push(state)
    if (!stopped) display.started(state)
    return handle(state)
  }
  const end = (state: PhaseState, outcome: 'done' | 'failed', text?: string) => {
    if (state.ended !== undefined) return
    for (const child of state.children) end(child, outcome)
    state.ended = clock.elapsed()
    state.outcome = outcome
    if (text !== undefined) state.text = sanitizeLine(text)
    if (!stopped) display.ended(state)
    if (state.parent === undefined) roots.splice(roots.indexOf(state), 1)
  }
  const change = (state: PhaseState, values: { count?: number; total?: number; text?: string }) => {
    if (state.ended !== undefined) return
    if (values.total !== undefined) state.total = values.total
    if (values.text !== undefined) state.text = sanitizeLine(values.text)
    if (values.count !== undefined) {
      state.count = values.count
      state.meter.add(clock.elapsed(), state.count)
    }
    if (!stopped) display.changed(state)
  }
  const handle = (state: PhaseState): ProgressPhase => ({
    advance: (count = 1) => change(state, { count: state.count + count }),
    set: (values) => change(state, values),
    phase: (name, phaseOptions = {}) => begin(name, phaseOptions, state),
    done: (text) => end(state, 'done', text),
    fail: (text) => end(state, 'failed', text),
  })
  return {
    phase: (name, phaseOptions = {}) => begin(name, phaseOptions),
    print: (line) => (stopped ? bare.write(`${line}\n`) : display.print(line)),
    stop: () => {
      if (stopped) return
      stopTicker()
      display.close()
      held?.release()
      stopped = true
    },
  }
}

function everySecond(callback: () => void): () => void {
  const timer = setInterval(callback, 1000)
  timer.unref()
  return () => clearInterval(timer)
}
