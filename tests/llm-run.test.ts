import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Correction } from '../src/contracts/correction.ts'
import type { ConfigInput } from '../src/experiments/config.ts'
import { runLeap } from './support/run-leap.ts'
import { startTeacherServer, type TeacherServer } from './support/teacher-server.ts'
import { differingFiles, finalFiles, tinyConfig } from './support/tiny-run.ts'

/** Patience, not a bound on speed. */
const patience = 2_400_000
const key = 'sk-proof-4f1c9d2e77aa'
/** What must not depend on faults, kills or the way to the student. */
const results = ['datasets', 'checkpoints', 'evaluations', 'trajectories', 'panels']

let folder: string
let server: TeacherServer
const leap = (argv: readonly string[], onStart?: Parameters<typeof runLeap>[1]) =>
  runLeap(argv, { cwd: folder, env: { OPENAI_COMPATIBLE_API_KEY: key }, ...onStart })
const lines = (name: string): string[] => {
  try {
    return readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1)
  } catch {
    return []
  }
}
const corrections = (run: string) =>
  lines(`${run}/corrections/corrections-1.jsonl`).map((line) => JSON.parse(line) as Correction)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-llm-'))
  server = await startTeacherServer({ key, seed: 1 })
  const config: ConfigInput = {
    ...tinyConfig,
    name: 'taught',
    teacher: { name: 'llm', model: `openai-compatible:teacher@${server.url}`, concurrency: 4 },
    rollouts: { games: 32, temperature: 1, mix: [0.5], concurrency: 8 },
    corrections: { on: 'all', checks: { leak: 'rewrite' } },
    controls: false,
    evaluation: { games: 2, selectionGames: 2, concurrency: 4 },
    // Long enough that only the answers that hang run out of it, however busy the machine is.
    models: { timeout: 30, prices: { 'openai-compatible:*': { prompt: 1, completion: 2 } }, budget: 50 },
  }
  writeFileSync(join(folder, 'taught.json'), JSON.stringify(config))
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

describe('a run whose teacher is a model behind a server', () => {
  it(
    'ends with the same data when student and teacher are reached over HTTP, answers are spoilt, and the process is killed twice',
    async () => {
      const smooth = await leap(['run', 'taught.json', '--out', 'smooth'])
      expect(smooth.code, smooth.stderr).toBe(0)
      expect(smooth.stdout).toContain('Checks on corrections')
      const calls = server.log.length
      expect(calls).toBe(33)
      expect(new Set(corrections('smooth').map(({ dropped }) => dropped))).toEqual(new Set([undefined]))

      server.faulty = true
      const faulty = ['run', 'taught.json', '--out', 'faulty', '--set', 'student.serve=true']
      for (const answered of [calls + 9, calls + 21]) {
        const held = server.hold(answered)
        let killed = false
        const stopped = leap(faulty, {
          onStart(child) {
            held.then(async () => {
              // Every answer that was sent is on the disk before the kill: what came after is on its way and unpaid.
              const paid = () => server.log.slice(calls).filter(({ status }) => status === 200).length
              while (lines('faulty/calls.jsonl').filter((line) => line.includes('"kind":"answer"')).length < paid())
                await new Promise((resolve) => setTimeout(resolve, 20))
              killed = child.kill('SIGKILL')
            })
          },
        })
        const { code, stderr } = await stopped
        expect({ killed, code }, stderr).toEqual({ killed: true, code: null })
        server.release()
      }
      const { code, stdout, stderr } = await leap(faulty)
      expect(code, stderr).toBe(0)

      // The same data, weights and evaluations, byte for byte.
      const found = finalFiles(join(folder, 'faulty'), results)
      expect(differingFiles(finalFiles(join(folder, 'smooth'), results), found)).toEqual([])
      expect(found.has('checkpoints/pi_1/model.safetensors')).toBe(true)

      // Each kind of fault occurred; nothing was paid for twice, and the accounts agree with the server.
      const log = server.log.slice(calls)
      for (const fault of ['malformed', 'overloaded', 'broken', 'hang', 'leak'])
        expect(log.filter((entry) => entry.fault === fault).length, fault).toBeGreaterThan(0)
      const paid = log.filter(({ status }) => status === 200).map((entry) => entry.key)
      expect(new Set(paid).size).toBe(paid.length)
      const spending = JSON.parse(readFileSync(join(folder, 'faulty/spending.json'), 'utf8')) as {
        calls: number
        cost: number
      }[]
      expect(spending.reduce((sum, row) => sum + row.calls, 0)).toBe(paid.length)
      expect(spending.every(({ cost }) => cost > 0)).toBe(true)

      // Every leak was found, sent back and mended.
      const rewritten = corrections('faulty').flatMap(({ rewritten }) => (rewritten ? [rewritten] : []))
      expect(
        rewritten
          .filter(({ cause }) => cause === 'leak')
          .map(({ reason }) => reason)
          .sort(),
      ).toEqual([...server.leaks].sort())
      expect(server.leaks.length).toBeGreaterThan(0)
      expect(stdout).toMatch(new RegExp(`${server.leaks.length} of ${server.leaks.length} leak`))
    },
    patience,
  )

  it(
    'never writes or prints a key, also when it is refused',
    async () => {
      const refused = await leap(['run', 'taught.json', '--out', 'refused'], {
        env: { OPENAI_COMPATIBLE_API_KEY: `${key}-wrong` },
      })
      expect(refused.code).toBe(1)
      expect(refused.stderr).toContain('MODEL_AUTH')
      const debug = await leap(['run', 'taught.json', '--out', 'refused'], {
        env: { OPENAI_COMPATIBLE_API_KEY: `${key}-wrong`, LEAP_DEBUG: '1' },
      })
      for (const text of [refused.stdout, refused.stderr, debug.stdout, debug.stderr]) expect(text).not.toContain(key)
      let files = 0
      for (const run of ['smooth', 'faulty', 'refused'])
        for (const entry of readdirSync(join(folder, run), { recursive: true, withFileTypes: true })) {
          if (!entry.isFile()) continue
          files++
          const content = readFileSync(join(entry.parentPath, entry.name)).toString('latin1')
          expect(content.includes(key), join(entry.parentPath, entry.name)).toBe(false)
        }
      expect(files).toBeGreaterThan(40)
    },
    patience,
  )
})
