import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import type { ChatModel } from '../src/contracts/model.ts'
import { equipModel } from '../src/models/equip-model.ts'
import { openModel } from '../src/models/open-model.ts'
import { createBudget } from '../src/models/wrappers/budget.ts'
import { openCallJournal } from '../src/models/wrappers/call-journal.ts'
import { createLedger } from '../src/models/wrappers/ledger.ts'
import { createRateLimiter } from '../src/models/wrappers/rate-limiter.ts'
import { systemClock } from '../src/support/clock.ts'

const latency = 300
const episodes = 256
const stepsEach = 12
const longSteps = 60

/** A prompt as an episode's grows: task and rules, then a turn of 120 characters per step. */
const promptOf = (episode: number, step: number) =>
  `Episode ${episode}. ${'The rules and the task, as every prompt begins with them. '.repeat(30)}${'You are at the countertop. On it you see a mug 1, a plate 2 and a knife 1. You looked at cabinet 1, which is closed now. '.repeat(step)}`

/** Lets the episodes play, each one call after another. Returns what it took. */
async function play(model: ChatModel, steps: number, from = 0): Promise<{ share: number; rate: number; cpu: number }> {
  const start = performance.now()
  const before = process.cpuUsage()
  await Promise.all(
    Array.from({ length: episodes }, async (_, episode) => {
      for (let step = 0; step < steps; step++)
        await model.generate({
          messages: [{ role: 'user', content: promptOf(episode, step % stepsEach) }],
          temperature: 1,
          maxTokens: 64,
          seed: from + step,
        })
    }),
  )
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(before)
  const calls = episodes * steps
  return { share: (steps * latency) / 1000 / seconds, rate: calls / seconds, cpu: (user + system) / 1000 / calls }
}

/** What any client could do at best here: `fetch` with nothing around it. */
function bareModel(url: string): ChatModel {
  return {
    id: 'bare',
    async generate({ messages, temperature, maxTokens, seed }) {
      const body = JSON.stringify({ model: 'bench', messages, temperature, max_tokens: maxTokens, seed })
      const response = await fetch(`${url}/chat/completions`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      })
      const answer = (await response.json()) as { choices: { message: { content: string } }[] }
      return { text: answer.choices[0]!.message.content, finishReason: 'stop', tokens: { prompt: 0, completion: 0 } }
    },
  }
}

/** Megabytes in use once garbage is collected. */
function heap(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/** Prints throughput against a server with a fixed latency, and memory over a longer time. About a minute. */
export async function run(print: (line: string) => void): Promise<void> {
  const worker = new Worker(new URL('./slow-server.ts', import.meta.url), { workerData: { latency } })
  const [port] = (await once(worker, 'message')) as [number]
  const url = `http://127.0.0.1:${port}/v1`
  const folder = await mkdtemp(join(tmpdir(), 'leap-bench-models-'))
  try {
    const remote = await openModel(`openai-compatible:bench@${url}`, { env: {}, cwd: folder })
    const ledger = createLedger()
    const journal = await openCallJournal(join(folder, 'calls.jsonl'))
    const equipped = equipModel(remote, {
      phase: 'bench',
      ledger,
      journal,
      clock: systemClock,
      seed: 1,
      prices: { 'openai-compatible:*': { prompt: 1, completion: 4 } },
      budget: createBudget({ limit: 1e6 }),
      limiter: createRateLimiter({ concurrency: episodes, requestsPerMinute: 1e7, tokensPerMinute: 1e12 }, systemClock),
    })
    const models: [string, ChatModel][] = [
      ['fetch alone', bareModel(url)],
      ['provider, one attempt', remote],
      ['with journal, retries, limits, budget', equipped],
    ]
    const ideal = (episodes * 1000) / latency
    print(`${episodes} episodes in flight, ${latency} ms a call: at best ${ideal.toFixed(0)} calls a second`)
    // Connections and code are warm before anything is measured.
    for (const [, model] of models) await play(model, 2, 1e6)
    for (const [name, model] of models) {
      const { share, rate, cpu } = await play(model, stepsEach)
      print(
        `  ${name.padEnd(38)} ${rate.toFixed(0).padStart(4)} calls a second, ${(100 * share).toFixed(1)} % of the ideal, ${cpu.toFixed(2)} ms of processor a call`,
      )
    }
    const points: string[] = []
    for (let part = 0; part < 4; part++) {
      points.push(`${heap().toFixed(1)} MiB`)
      if (part < 3) await play(equipped, longSteps / 3, 1000 * (part + 1))
    }
    const { calls } = ledger.total()
    print(
      `  heap before and after each third of ${episodes * longSteps} further calls: ${points.join(', ')} (${calls} answers in the journal)`,
    )
    print(`  peak memory (RSS): ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`)
    await journal.close()
  } finally {
    await worker.terminate()
    await rm(folder, { recursive: true })
  }
}
