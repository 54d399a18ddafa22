import type { Benchmark } from './benchmarks.ts'

/** The benchmarks that are named, in that order; without names all that need nothing installed. Throws a RangeError for an unknown name. */
export function selectBenchmarks(
  all: Readonly<Record<string, Benchmark>>,
  names: readonly string[],
): readonly (readonly [name: string, benchmark: Benchmark])[] {
  if (names.length === 0)
    return Object.entries(all).filter(([, { needsPyTorch, onlyByName }]) => !needsPyTorch && !onlyByName)
  return names.map((name) => {
    const benchmark = Object.hasOwn(all, name) ? all[name] : undefined
    if (benchmark) return [name, benchmark]
    throw new RangeError(`unknown benchmark "${name}" (available: ${Object.keys(all).join(', ')})`)
  })
}
