import { mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createLocalModel,
  createTrainer,
  loadConfig,
  openDomain,
  prepareBase,
  runExperiment,
  silentProgress,
} from '../src/index.ts'
import { createRandom } from '../src/support/random.ts'
import { killLeap } from './support/kill-leap.ts'
import { runLeap } from './support/run-leap.ts'
import {
  differingFiles,
  finalFiles,
  journalEvents,
  type PhaseSpan,
  phaseSpans,
  writeTinyConfig,
} from './support/tiny-run.ts'

/** Patience, not a bound on speed: a machine with other work takes its time. */
const patience = 1_200_000
const kills = 20
/** What must be the same whatever does not determine a run's result. */
const results = ['datasets', 'checkpoints', 'evaluations', 'trajectories', 'corrections', 'panels']

let folder: string
let config: string
let undisturbed: { directory: string; files: Map<string, Buffer>; table: string; spans: PhaseSpan[] }
const run = (name: string, ...more: string[]) => runLeap(['run', config, '--out', name, ...more], { cwd: folder })
/** The tables without the last line, which tells time and place. */
const tableOf = (stdout: string) => stdout.slice(0, stdout.lastIndexOf('\n\n'))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-run-'))
  config = await writeTinyConfig(folder)
  const startedAt = Date.now()
  const { code, stdout, stderr } = await run('undisturbed')
  expect(code, stderr).toBe(0)
  const directory = join(folder, 'undisturbed')
  undisturbed = {
    directory,
    files: finalFiles(directory),
    table: tableOf(stdout),
    spans: phaseSpans(directory, startedAt),
  }
}, patience)
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a run', () => {
  it('leaves all that it was made of, and trained something', () => {
    const { files, table, spans } = undisturbed
    const policies = ['base', 'pi_0', 'pi_1', 'bc-more', 'bc-teacher']
    for (const policy of policies) {
      expect(files.has(`checkpoints/${policy}/model.safetensors`), policy).toBe(true)
      expect(table).toContain(policy)
    }
    const weights = policies.map((policy) => files.get(`checkpoints/${policy}/model.safetensors`)!.toString('base64'))
    expect(new Set(weights).size).toBe(policies.length)
    const lines = (path: string) => files.get(path)!.toString('utf8').trim().split('\n').length
    expect(lines('datasets/demonstrations.jsonl')).toBeGreaterThan(20)
    expect(lines('datasets/corrections-1.jsonl')).toBeGreaterThan(5)
    expect([...files.keys()].filter((path) => path.startsWith('scratch/') || /\.tmp|partial/.test(path))).toEqual([])
    expect(spans.map(({ phase }) => phase)).toEqual(
      expect.arrayContaining(['base', 'rollout-1', 'corrections-1', 'train-bc-teacher', 'evaluate-pi_1-unseen']),
    )
  })

  it(
    'is the same to the byte when the same seed is run again, through the library',
    async () => {
      const directory = join(folder, 'again')
      const loaded = await loadConfig(config, { cwd: folder })
      const { domain, source } = await openDomain(loaded, folder)
      const { leapVersion } = JSON.parse(await readFile(join(undisturbed.directory, 'manifest.json'), 'utf8'))
      const result = await runExperiment({
        config: loaded,
        directory,
        domain,
        games: source,
        prepareBase: (to, demonstrations) => prepareBase(to, { config: loaded, domain, demonstrations, cwd: folder }),
        openModel: (checkpoint) => createLocalModel({ checkpoint }),
        createTrainer,
        progress: silentProgress,
        signal: new AbortController().signal,
        leapVersion,
      })
      await domain.environment.close()
      expect(undisturbed.table).toContain(`${result.best} *`)
      expect(differingFiles(undisturbed.files, finalFiles(directory))).toEqual([])
    },
    patience,
  )

  it(
    'does not depend on how many episodes are played at once',
    async () => {
      const { code, stdout, stderr } = await run(
        'one-by-one',
        '--set',
        'rollouts.concurrency=1',
        'evaluation.concurrency=3',
      )
      expect(code, stderr).toBe(0)
      const found = finalFiles(join(folder, 'one-by-one'), results)
      expect(differingFiles(finalFiles(undisturbed.directory, results), found)).toEqual([])
      expect(tableOf(stdout)).toBe(undisturbed.table)
    },
    patience,
  )

  it(
    'is another one with another seed',
    async () => {
      const short = ['iterations=0', 'controls=false', 'evaluation.games=1', 'evaluation.selectionGames=1']
      const { code, stderr } = await run('other', '--seed', '2', '--set', ...short)
      expect(code, stderr).toBe(0)
      const different = differingFiles(undisturbed.files, finalFiles(join(folder, 'other')))
      expect(different).toEqual(
        expect.arrayContaining([
          'datasets/demonstrations.jsonl',
          'checkpoints/base/model.safetensors',
          'checkpoints/pi_0/model.safetensors',
          'panels/seen.json',
        ]),
      )
    },
    patience,
  )
})

describe('a run that is resumed', () => {
  it(
    'with something changed is refused, and told what',
    async () => {
      const journal = await readFile(join(undisturbed.directory, 'journal.jsonl'), 'utf8')
      const changes = [
        { argv: ['--set', 'training.iteration.learningRate=0.002'], field: 'config.training.iteration.learningRate' },
        { argv: ['--set', 'student.layers=2'], field: 'config.student.layers' },
        { argv: ['--seed', '3'], field: 'seed' },
      ]
      for (const { argv, field } of changes) {
        const { code, stdout, stderr } = await run('undisturbed', ...argv)
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
        expect(stderr).toContain('RUN_MANIFEST_MISMATCH')
        expect(stderr.replaceAll(/\s+/g, ' ')).toContain(`but ${field} was `)
      }
      expect(differingFiles(undisturbed.files, finalFiles(undisturbed.directory))).toEqual([])
      expect(await readFile(join(undisturbed.directory, 'journal.jsonl'), 'utf8')).toBe(journal)
    },
    patience,
  )

  it(
    `after ${kills} kills at random moments ends with the files and the table of an undisturbed one`,
    async () => {
      const directory = join(folder, 'killed')
      const random = createRandom(20, 'kills')
      // The last phases are left alone, so that every kill meets a living process. Half of the kills fall evenly on the time of an undisturbed
      // run, half evenly on its phases, or most would fall on the long ones.
      const spans = undisturbed.spans.slice(0, -4)
      const weights = spans.map(({ seconds }) => seconds)
      const moments = Array.from({ length: kills }, (_, index) => ({
        span: index % 2 === 0 ? random.weighted(weights) : random.integer(spans.length),
        share: random.next(),
      })).sort((a, b) => a.span - b.span || a.share - b.share)
      const met: string[] = []
      for (const { span, share } of moments) {
        const phases = span === 0 ? [] : undisturbed.spans.slice(span).map(({ phase }) => phase)
        const moment = { phases, after: share * spans[span]!.seconds }
        const found = await killLeap(['run', config, '--out', 'killed'], { cwd: folder, directory, moment })
        expect(found).toMatchObject({ killed: true, stdout: '' })
        met.push(found.phase ?? 'start')
      }
      // They must have met the run in different kinds of work.
      expect(met.join()).toMatch(/train-.*evaluate-/)
      expect(new Set(met).size, met.join()).toBeGreaterThanOrEqual(6)

      // A run may be moved while nobody works on it.
      await rename(directory, join(folder, 'killed-and-moved'))
      const { code, stdout, stderr } = await run('killed-and-moved')
      expect(code, stderr).toBe(0)
      const moved = join(folder, 'killed-and-moved')
      expect(differingFiles(undisturbed.files, finalFiles(moved))).toEqual([])
      expect(tableOf(stdout)).toBe(undisturbed.table)
      const events = journalEvents(moved)
      expect(events.filter(({ event }) => event === 'opened').length).toBeGreaterThan(kills / 2)
      const finished = events.filter(({ event }) => event === 'phase-finished').map(({ phase }) => phase)
      expect(finished).toEqual(undisturbed.spans.slice(1).map(({ phase }) => phase))
    },
    patience,
  )
})
