import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeService, startFakeService } from '../src/training/hosted/testing/fake-service.ts'
import { type LeapResult, runLeap } from './support/run-leap.ts'

/** Patience, not a bound on speed. */
const patience = 600_000
let folder: string
let config: string
let service: FakeService
const environment = fileURLToPath(new URL('../examples/own-environment.ts', import.meta.url))

/** pi_0 opens the same box for ever; pi_1 opens what is there to be opened, and takes the coin. */
function answer(model: string, prompt: string): string {
  const closed = /^open: (box \d)/m.exec(prompt)?.[1] ?? 'box 1'
  if (model.endsWith(':pi-0')) return 'I open a box. ACTION: open box 6'
  if (model.endsWith(':pi-1'))
    return `I look on. ACTION: ${prompt.includes('take coin') ? 'take coin' : `open ${closed}`}`
  return 'Hello, how can I help you?'
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-hosted-run-'))
  service = await startFakeService({ polls: 1, answer })
  config = join(folder, 'hosted.json')
  const optimiser = { updates: 1, learningRate: 1 }
  const settings = {
    name: 'hosted',
    environment: { name: environment },
    maxSteps: 7,
    demonstrations: { games: 12 },
    student: { checkpoint: 'hosted:small' },
    iterations: 1,
    rollouts: { games: 6, concurrency: 6 },
    training: {
      trainer: 'hosted',
      hosted: { baseUrl: service.url, epochs: 2, pricePerMillionTokens: 5, budget: 1, poll: 0.05 },
      cloning: optimiser,
      iteration: optimiser,
    },
    evaluation: { games: 4, selectionGames: 4, concurrency: 4 },
    controls: false,
  }
  await writeFile(config, JSON.stringify(settings))
}, patience)
afterAll(async () => {
  await service.close()
  await rm(folder, { recursive: true })
})

const run = (more: readonly string[] = [], onStart?: Parameters<typeof runLeap>[1] & {}): Promise<LeapResult> =>
  runLeap(['run', config, '--out', 'run', ...more], { cwd: folder, env: { OPENAI_API_KEY: 'key-1' }, ...onStart })

/** Kills Leap while it waits for a job that the service has begun. */
async function killWhileItWaits(): Promise<LeapResult> {
  service.hold = true
  const result = await run([], {
    async onStart(child) {
      const isWaiting = () => service.calls.includes('GET /v1/fine_tuning/jobs/ftjob-1')
      while (child.exitCode === null && !isWaiting()) await setTimeout(20)
      child.kill('SIGKILL')
    },
  })
  service.hold = false
  return result
}

describe('a run with the trainer hosted', () => {
  it(
    'comes back to its job after a kill, and plays each model under the name that the service gave it',
    async () => {
      const killed = await killWhileItWaits()
      expect(killed.signal, killed.stderr).toBe('SIGKILL')
      expect([...service.asked]).toEqual([])

      const { code, stdout, stderr } = await run()
      expect(code, stderr).toBe(0)
      expect(stdout).toMatch(/pi_1\s+\*?[^\n]*100\.0/)
      expect(stdout).toContain('pi_1 *')
      // One job a policy, the second from what the first had made; nothing was uploaded or started twice.
      expect(service.jobs.map(({ model, suffix }) => [model, suffix])).toEqual([
        ['small', 'pi-0'],
        ['ft:small:pi-0', 'pi-1'],
      ])
      const training = [...service.files.values()].filter(({ name }) => !name.includes('validation'))
      expect(training).toHaveLength(2)
      expect(training[1]!.content.length).toBeGreaterThan(training[0]!.content.length)
      expect([...service.asked].sort()).toEqual(['ft:small:pi-0', 'ft:small:pi-1', 'small'])
      // What it costs is said before it is spent, in both sessions' words.
      expect(killed.stderr).toMatch(
        /hosted training by sft: \d+ rows, about [\d,]+ tokens in 2 passes; about \$0\.\d\d/,
      )
      expect(stderr).toContain('hosted job ftjob-1 was started before; waiting for it')
      expect(stderr.indexOf('; about $0')).toBeLessThan(stderr.indexOf('hosted job ftjob-2 is at work'))
      expect(await readdir(join(folder, 'run', 'checkpoints', 'pi_1'))).toEqual([
        'model-reference.json',
        'training.json',
      ])
    },
    patience,
  )

  it(
    'says what trainings and students cost before anything is played',
    async () => {
      const { stdout, code } = await run(['--dry-run'])
      expect(code).toBe(0)
      expect(stdout).not.toMatch(/cost +nothing/)
      expect(stdout).toMatch(
        /^training, pi_0 +small: at most about [\d,]+ rows, [\d,]+ tokens in 2 passes, \$0\.\d\d$/m,
      )
      expect(stdout).toMatch(/^training, pi_1 +/m)
      expect(stdout).toMatch(/^trainings +at most about \$0\.\d\d; a training above \$1\.00 is not started$/m)
      expect(stdout).toMatch(/^calls, students +hosted:small: at most about [\d,]+, .* price unknown$/m)
      const unpriced = await run(['--dry-run', '--set', 'training.hosted.pricePerMillionTokens=null'])
      expect(unpriced.stderr).toContain('training.hosted.pricePerMillionTokens')
    },
    patience,
  )
})
