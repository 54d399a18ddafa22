import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Message } from '../src/contracts/model.ts'
import { createStudent } from '../src/training/local/create-student.ts'
import { type FakeServer, startFakeServer } from '../src/training/serving/testing/fake-server.ts'
import { writeFakePython } from '../src/training/trl/testing/fake-python.ts'
import { runLeap } from './support/run-leap.ts'
import { journalEvents } from './support/tiny-run.ts'

/** Patience, not a bound on speed. */
const patience = 600_000
let folder: string
let config: string
let server: FakeServer
const environment = fileURLToPath(new URL('../examples/own-environment.ts', import.meta.url))

/** pi_0 opens the same box for ever; pi_1 opens what is there to be opened, and takes the coin. */
function answer(model: string, messages: readonly Message[]): string {
  const prompt = messages.at(-1)!.content
  const closed = /^open: (box \d)/m.exec(prompt)?.[1] ?? 'box 1'
  if (model.startsWith('pi_0')) return 'I open a box. ACTION: open box 6'
  if (model.startsWith('pi_1'))
    return `I look on. ACTION: ${prompt.includes('take coin') ? 'take coin' : `open ${closed}`}`
  return 'Hello, how can I help you?'
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-trl-run-'))
  const size = {
    hidden_size: 16,
    intermediate_size: 32,
    num_hidden_layers: 1,
    num_attention_heads: 2,
    num_key_value_heads: 2,
  }
  await createStudent({ to: join(folder, 'student'), texts: ['open box 1'], size, seed: 1 })
  server = await startFakeServer({ base: { id: 'student', root: join(folder, 'student') }, answer })
  config = join(folder, 'trl.json')
  const settings = {
    name: 'trl',
    environment: { name: environment },
    maxSteps: 7,
    demonstrations: { games: 6 },
    student: { checkpoint: 'student' },
    iterations: 1,
    rollouts: { games: 6, concurrency: 6 },
    training: {
      trainer: 'trl',
      trl: { python: await writeFakePython(join(folder, 'bin')) },
      lora: { rank: 4, alpha: 8, targetModules: ['q_proj', 'v_proj'] },
      cloning: { updates: 3, learningRate: 1e-4 },
      iteration: { updates: 3, learningRate: 1e-4, rule: 'dpo', dpo: { beta: 0.01 } },
    },
    serving: { server: 'vllm', url: server.url },
    evaluation: { games: 4, selectionGames: 4, concurrency: 4 },
    controls: false,
  }
  await writeFile(config, JSON.stringify(settings))
}, patience)
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})
/** What shows how a training goes without the rest of a run. */
const short = ['--set', 'iterations=0', 'evaluation.games=1', 'evaluation.selectionGames=1']
const run = (out: string, env: Record<string, string> = {}, ...more: string[]) =>
  runLeap(['run', config, '--out', out, ...more], { cwd: folder, env })

/** Presses Ctrl-C once the fake trainer has come to that update. */
async function interruptAt(child: ChildProcess, scratch: string, step: string) {
  while (child.exitCode === null) {
    const [name = ''] = await readdir(scratch).catch(() => [])
    const reached = await readFile(join(scratch, name, 'checkpoints', 'fake-step'), 'utf8').catch(() => '')
    if (reached === step) return child.kill('SIGINT')
    await setTimeout(50)
  }
}

describe('a run with the trainer trl and a server of models', () => {
  it(
    'trains through Python, plays through served adapters, and selects what they reached',
    async () => {
      const { code, stdout, stderr } = await run('run')
      expect(code, stderr).toBe(0)
      expect(stdout).toContain('pi_1 *')
      expect(stdout).toMatch(/pi_1\s+\*?[^\n]*100\.0/)
      expect(stderr).toMatch(/pi_1-[0-9a-f]{4}-[0-9a-f]{8} is served \(rank 4; told from the base by text\)/)

      const finished = journalEvents(join(folder, 'run')).filter(({ event }) => event === 'phase-finished')
      const result = (phase: string) =>
        (finished.find((one) => one.phase === phase) as unknown as { result: Record<string, unknown> }).result
      expect(result('train-pi_0')).toMatchObject({ steps: 3, finalLoss: 1, heldOutLoss: 1.5 })
      expect(result('train-pi_1')).toMatchObject({ steps: 3, metrics: { accuracy: 1 } })
      const log = await readFile(join(folder, 'run', 'checkpoints', 'pi_1', 'training-log.jsonl'), 'utf8')
      expect(
        log
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line).step),
      ).toEqual([1, 2, 3])
      // Each policy that played was loaded under its own name; none is left on the server, nothing in scratch.
      const asked = new Set(
        server.calls.filter((call) => call.includes('chat/completions')).map((call) => call.split(' ')[2]),
      )
      expect([...asked].map((name) => name!.split('-')[0]).sort()).toEqual(['pi_0', 'pi_1', 'student'])
      expect([...server.adapters]).toEqual([])
      const scratch = await readdir(join(folder, 'run', 'scratch'), { recursive: true }).catch(() => [])
      expect(scratch.filter((name) => name.includes('trl-'))).toEqual([])
    },
    patience,
  )

  it(
    'is stopped by Ctrl-C in the middle of a training, and goes on there',
    async () => {
      const stopped = await runLeap(['run', config, '--out', 'stopped', ...short], {
        cwd: folder,
        env: { FAKE_TRAINER: 'hang' },
        onStart: (child) => void interruptAt(child, join(folder, 'stopped', 'scratch', 'pi_0'), '2'),
      })
      expect(stopped.code, stopped.stderr).toBe(130)
      const { code, stderr, stdout } = await run('stopped', {}, ...short)
      expect(code, stderr).toBe(0)
      expect(stderr).toContain('training goes on after update 2 of 3')
      expect(stdout).toContain('pi_0 *')
    },
    patience,
  )

  it(
    'says what to do when memory runs out, and refuses what it cannot do before it plays',
    async () => {
      const memory = await run('memory', { FAKE_TRAINER: 'memory' }, ...short)
      expect(memory.code).toBe(1)
      expect(memory.stderr).toMatch(/\[TRL_OUT_OF_MEMORY\] CUDA out of memory\n.*To need less memory/)
      // The advice can be taken without losing what was played.
      const smaller = ['--set', 'training.trl.rowsPerDevice=1', 'training.trl.accumulation=16']
      const resumed = await run('memory', {}, ...short, ...smaller)
      expect(resumed.code, resumed.stderr).toBe(0)
      const phases = journalEvents(join(folder, 'memory')).filter(({ event }) => event === 'phase-started')
      expect(phases.filter(({ phase }) => phase === 'demonstrations')).toHaveLength(1)
      const other = await run('memory', {}, ...short, '--set', 'training.trl.quantisation=8bit')
      expect(other.stderr).toContain('training.trl.quantisation')
      const alone = ['training.iteration.rule=kto', 'training.trl.rowsPerDevice=1'].flatMap((one) => ['--set', one])
      const kto = await run('kto', {}, ...alone)
      expect(kto.stderr).toMatch(/training\.trl\.rowsPerDevice \(command line\): 2 or more, as kto/)
      const local = await run('local', {}, '--set', 'training.trainer=local')
      expect(local.stderr).toContain('training.trl')
      expect([kto.code, local.code]).toEqual([1, 1])
    },
    patience,
  )
})
