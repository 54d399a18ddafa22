/** Measures how fast a count grows, over the recent past, so that the estimate follows a phase that gets slower or faster. */
export interface RateMeter {
  /** Notes the count at a moment (milliseconds, never going backwards). */
  add(moment: number, count: number): void
  /** Counts per second over the window; undefined before there is anything to measure. */
  rate(moment: number): number | undefined
}

/** `window`: milliseconds of the past that the rate is measured over. */
export function createRateMeter(window = 30_000): RateMeter {
  let samples: { moment: number; count: number }[] = []
  const spacing = window / 60
  return {
    add(moment, count) {
      const last = samples.at(-1)
      // The first sample stays where it is: it is the origin of the measurement.
      if (samples.length > 1 && last && moment - samples.at(-2)!.moment < spacing) samples.pop()
      samples.push({ moment, count })
      const firstInside = samples.findIndex((sample) => sample.moment >= moment - window)
      // One sample from before the window is kept, so that a slow phase has something to measure from.
      if (firstInside > 1) samples = samples.slice(firstInside - 1)
    },
    rate(moment) {
      const first = samples[0]
      const last = samples.at(-1)
      if (!first || !last || last.count <= first.count || moment <= first.moment) return undefined
      return ((last.count - first.count) * 1000) / (moment - first.moment)
    },
  }
}
