import { createRateMeter, type RateMeter } from './rate-meter.ts'

export interface PhaseOptions {
  /** How many there are to do; without it there is no bar and no time left. */
  total?: number
  /** What is counted, in the plural: `games`, `steps`. */
  unit?: string
  /** How many were done before (a resumed run); they do not count for the rate. */
  count?: number
}

/** What is known of a phase. Times in milliseconds of the clock's `elapsed`. */
export interface PhaseState {
  readonly name: string
  readonly unit: string
  readonly started: number
  readonly parent: PhaseState | undefined
  readonly depth: number
  readonly children: PhaseState[]
  readonly meter: RateMeter
  readonly startCount: number
  count: number
  total: number | undefined
  text: string
  ended: number | undefined
  outcome: 'done' | 'failed' | undefined
}

export function createPhaseState(
  name: string,
  { total, unit = '', count = 0 }: PhaseOptions,
  started: number,
  parent: PhaseState | undefined,
): PhaseState {
  const meter = createRateMeter()
  meter.add(started, count)
  return {
    name,
    unit,
    started,
    parent,
    depth: parent === undefined ? 0 : parent.depth + 1,
    children: [],
    meter,
    startCount: count,
    count,
    total,
    text: '',
    ended: undefined,
    outcome: undefined,
  }
}

/** Milliseconds until the phase is done at the present rate; undefined while that cannot be said. */
export function timeLeft(phase: PhaseState, moment: number): number | undefined {
  const rate = phase.meter.rate(moment)
  if (phase.total === undefined || rate === undefined) return undefined
  return (Math.max(0, phase.total - phase.count) / rate) * 1000
}

/** Counts per second: recent while the phase runs, over all of it once it has ended. */
export function phaseRate(phase: PhaseState, moment: number): number | undefined {
  if (phase.ended === undefined) return phase.meter.rate(moment)
  const done = phase.count - phase.startCount
  const milliseconds = phase.ended - phase.started
  return done > 0 && milliseconds > 0 ? (done * 1000) / milliseconds : undefined
}
