import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const fixture = fileURLToPath(new URL('../testing/kill-fixture.ts', import.meta.url))
/** How often each question was asked, as the server counts. */
const asked = new Map<string, number>()
const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  const question = JSON.parse(body).messages[0].content as string
  asked.set(question, (asked.get(question) ?? 0) + 1)
  await new Promise((resolve) => setTimeout(resolve, 15))
  const message = { role: 'assistant', content: `answer to ${question}` }
  response.setHeader('content-type', 'application/json')
  response.end(
    JSON.stringify({
      choices: [{ message, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 1 },
    }),
  )
})
let url = ''
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-kill-calls-'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true })
})

/** Runs the fixture and kills it once it has told so many answers. */
async function answers(path: string, killAfter?: number): Promise<string[]> {
  const child = spawn(process.execPath, [fixture, url, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  let told = ''
  child.stdout.on('data', (text: Buffer) => {
    told += text
    if (killAfter !== undefined && told.split('\n').length > killAfter) child.kill('SIGKILL')
  })
  const [code] = await once(child, 'close')
  expect(code).toBe(killAfter === undefined ? 0 : null)
  return told.split('\n').filter((line) => line !== '')
}

it('asks for no answer twice that it had told before it was killed', async () => {
  const path = join(folder, 'calls.jsonl')
  /** Questions that were answered before a kill, with how often they had been asked then. */
  const told = new Map<string, number>()
  for (const killAfter of [2, 5])
    for (const line of await answers(path, killAfter)) {
      const question = line.split(':')[0]!
      if (!told.has(question)) told.set(question, asked.get(question)!)
    }
  expect(told.size).toBeGreaterThanOrEqual(5)
  const all = await answers(path)
  expect(all.sort()).toEqual(Array.from({ length: 10 }, (_, index) => `question ${index}: answer to question ${index}`))
  for (const [question, count] of told) expect([question, asked.get(question)]).toEqual([question, count])
  // What was on its way at a kill, three calls at most, could not be kept.
  const total = [...asked.values()].reduce((sum, count) => sum + count, 0)
  expect(total).toBeLessThanOrEqual(10 + 2 * 3)
})
