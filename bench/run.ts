import { benchmarks } from './benchmarks.ts'
import { describeMachine } from './machine.ts'
import { selectBenchmarks } from './select-benchmarks.ts'

const names = process.argv.slice(2)
if (names.includes('--help') || names.includes('-h')) {
  console.log('npm run bench [-- name...]    runs the named benchmarks, or all that need nothing installed\n')
  for (const [name, { measures, needsPyTorch }] of Object.entries(benchmarks))
    console.log(
      `  ${name.padEnd(18)} ${measures}${needsPyTorch ? ' (by name only: needs Python, downloads PyTorch)' : ''}`,
    )
} else {
  try {
    await runAll(selectBenchmarks(benchmarks, names))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    console.error(error.message)
    process.exitCode = 2
  }
}

async function runAll(chosen: ReturnType<typeof selectBenchmarks>): Promise<void> {
  for (const line of describeMachine()) console.log(line)
  for (const [name, { load }] of chosen) {
    console.log(`\n--- ${name}`)
    const start = performance.now()
    await (await load()).run((line) => console.log(line))
    console.log(`(${((performance.now() - start) / 1000).toFixed(1)} s)`)
  }
}
