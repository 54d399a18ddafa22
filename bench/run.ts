import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Benchmark, benchmarks } from './benchmarks.ts'
import { describeMachine } from './machine.ts'
import { selectBenchmarks } from './select-benchmarks.ts'

/** Tells a process that it runs one of several: the machine has been described. */
const part = '--part'
const isPart = process.argv.includes(part)
const names = process.argv.slice(2).filter((name) => name !== part)
if (names.includes('--help') || names.includes('-h')) {
  console.log('npm run bench [-- name...]    runs the named benchmarks, or all that need nothing installed\n')
  for (const [name, { measures, needsPyTorch }] of Object.entries(benchmarks))
    console.log(
      `  ${name.padEnd(18)} ${measures}${needsPyTorch ? ' (by name only: needs Python, downloads PyTorch)' : ''}`,
    )
} else {
  const chosen = choose()
  if (chosen) await runAll(chosen)
}

function choose(): ReturnType<typeof selectBenchmarks> | undefined {
  try {
    return selectBenchmarks(benchmarks, names)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    console.error(error.message)
    process.exitCode = 2
  }
}

/** One benchmark runs here; each of several in a process of its own, so that neither memory nor compiled code of one shows in the next. */
async function runAll(chosen: ReturnType<typeof selectBenchmarks>): Promise<void> {
  if (!isPart) for (const line of describeMachine()) console.log(line)
  const [first, ...others] = chosen
  if (first && others.length === 0) return runOne(...first)
  for (const [name] of chosen) {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), part, name], { stdio: 'inherit' })
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
    if (code === 0) continue
    console.error(`${name} failed (${signal ?? `exit code ${code}`})`)
    process.exitCode = 1
  }
}

async function runOne(name: string, { load }: Benchmark): Promise<void> {
  console.log(`\n--- ${name}`)
  const start = performance.now()
  await (await load()).run((line) => console.log(line))
  console.log(`(${((performance.now() - start) / 1000).toFixed(1)} s)`)
}
