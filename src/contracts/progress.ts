/** Where long work says how far it is. The command line draws bars; tests and scripts may pass {@link silentProgress}. */
export interface ProgressReporter {
  phase(
    name: string,
    options?: { total?: number; unit?: string; count?: number },
  ): {
    set(values: { count?: number; total?: number; text?: string }): void
    done(text?: string): void
    fail(text?: string): void
  }
  /** A line that stays. */
  print(line: string): void
}

export const silentProgress: ProgressReporter = {
  phase: () => ({ set: () => {}, done: () => {}, fail: () => {} }),
  print: () => {},
}
