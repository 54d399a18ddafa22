import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runNode } from './run-node.ts'

/** A run of seconds: it opens a domain and a panel, starts the threads that train and those that generate. */
const tinyRun = {
  name: 'tiny',
  environment: { generated: { train: 20, valid_seen: 4, valid_unseen: 2 } },
  maxSteps: 12,
  demonstrations: { games: 10 },
  student: { hiddenSize: 32, layers: 1, heads: 2, feedForwardSize: 64, vocabulary: 320 },
  iterations: 0,
  rollouts: { games: 1 },
  corrections: {},
  training: {
    cloning: { updates: 2, tokensPerBatch: 512, learningRate: 0.001 },
    iteration: { updates: 1, learningRate: 0.001 },
  },
  evaluation: { games: 1, selectionGames: 1 },
}

/** Fails to compile where a type of the package is missing, or is `any`. */
const typedUse = `
import { type Domain, LeapError, leap, type Trajectory } from 'leap-agents'
export const named = (domain: Domain): string => domain.environment.name
export const first = ({ steps }: Trajectory): string | undefined => steps[0]?.action
export const code = (error: unknown): string => (error instanceof LeapError ? error.code : '')
// @ts-expect-error: the steps of the algorithm cannot be left out
await leap()
// @ts-expect-error: there is no such outcome
export const outcome: Trajectory['outcome'] = 'lost'
`

/** Uses an unpacked package as its users would: the command line, a run with its threads, the public interface by its name. Throws if something fails. */
export async function checkPackage(unpacked: string): Promise<void> {
  const elsewhere = join(unpacked, '..', 'elsewhere')
  await mkdir(elsewhere)
  const main = join(unpacked, 'dist', 'cli', 'main.js')
  const leap = join(unpacked, 'bin', 'leap.js')
  const { version, files } = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')) as {
    version: string
    files: string[]
  }
  await runNode('help', [main, '--help'], elsewhere, /Usage: leap/)
  await runNode('version', [leap, '--version'], elsewhere, version)
  await runNode('quickstart, dry', [leap, 'run', '--dry-run'], elsewhere, /student +household-base/)
  for (const name of files) await stat(join(unpacked, name))
  await stat(join(unpacked, 'weights', 'household-base', 'model.safetensors'))
  await writeFile(join(elsewhere, 'tiny.json'), JSON.stringify(tinyRun))
  await runNode('a tiny run', [leap, 'run', 'tiny.json', '--out', 'tiny'], elsewhere, /pi_0 \*/)
  // The public interface, by the package's own name, and its types.
  await mkdir(join(elsewhere, 'node_modules'))
  await symlink(unpacked, join(elsewhere, 'node_modules', 'leap-agents'), 'junction')
  await writeFile(
    join(elsewhere, 'use.mjs'),
    "import { leap, presets } from 'leap-agents'\nconsole.log(typeof leap, 'quickstart' in presets)\n",
  )
  await runNode('import', [join(elsewhere, 'use.mjs')], elsewhere, 'function true')
  await writeFile(join(elsewhere, 'use.mts'), typedUse)
  const compiler = join(unpacked, 'node_modules', 'typescript', 'bin', 'tsc')
  const strict = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node']
  const types = ['--typeRoots', join(unpacked, 'node_modules', '@types')]
  await runNode('types', [compiler, ...strict, ...types, '--skipLibCheck', 'use.mts'], elsewhere)
}
