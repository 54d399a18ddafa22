import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeFailure } from '../../execution/infrastructure-failure.ts'
import { instantClock } from '../../execution/testing/instant-clock.ts'
import { equipModel } from '../equip-model.ts'
import { openModel } from '../open-model.ts'
import { ask } from '../testing/fake-model.ts'
import { type PayloadServer, startPayloadServer } from '../testing/payload-server.ts'
import { anthropicPayloads } from '../testing/payloads/anthropic.ts'
import { compatiblePayloads } from '../testing/payloads/compatible.ts'
import { googlePayloads } from '../testing/payloads/google.ts'
import { openaiPayloads } from '../testing/payloads/openai.ts'
import { createBudget } from '../wrappers/budget.ts'
import { openCallJournal } from '../wrappers/call-journal.ts'
import { createLedger } from '../wrappers/ledger.ts'
import { readEnvironment } from './read-environment.ts'

let server: PayloadServer
let folder = ''
beforeAll(async () => {
  server = await startPayloadServer()
  folder = await mkdtemp(join(tmpdir(), 'leap-no-keys-'))
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

it.each([
  openaiPayloads,
  compatiblePayloads,
  anthropicPayloads,
  googlePayloads,
])('nothing that $model leaves behind holds its key, not even when the provider repeats it', async (payloads) => {
  const [[name, key]] = Object.entries(payloads.env) as [[string, string]]
  const working = await mkdtemp(join(folder, 'working-'))
  const run = await mkdtemp(join(folder, 'run-'))
  await writeFile(join(working, '.env'), `${name}=${key}\n`)
  const env = await readEnvironment({ env: {}, cwd: working })
  const log: string[] = []
  const tell = (value: unknown) =>
    log.push(
      inspect(value, { depth: 12, showHidden: true }),
      String(value),
      describeFailure(value),
      JSON.stringify(value) ?? '',
    )

  const ledger = createLedger()
  const journal = await openCallJournal(join(run, 'calls.jsonl'), { keepMessages: true })
  const bare = await openModel(payloads.model, { env, cwd: working, baseUrl: `${server.url}${payloads.basePath}` })
  const model = equipModel(bare, {
    ...{ phase: 'teacher', ledger, journal, seed: 1, retry: { retries: 2 }, onEvent: tell },
    // Sleeps that end at once: the time-out is left to the other tests.
    clock: { ...instantClock(), sleep: () => new Promise(() => {}) },
    prices: { [payloads.model]: { prompt: 1, completion: 1 } },
    budget: createBudget({ limit: 1 }),
  })
  const repeated = {
    status: 400,
    body: { error: { message: `Header authorization: Bearer ${key} is odd`, type: 'x' } },
  }
  const page = { body: `<html>Your key ${key} and ${encodeURIComponent(key)}</html>` }
  for (const reply of [payloads.unauthorised, repeated, page, { body: `{"key":"${key}"`, cut: true as const }]) {
    server.replies = [reply]
    const call = bare.generate(ask(`to be refused ${log.length}`))
    await call.then(() => expect.unreachable(), tell)
  }
  server.replies = [payloads.success]
  tell(await model.generate(ask('to be answered')))
  tell(model)
  tell(ledger.rows())
  await journal.close()

  const files = await readdir(run)
  expect(files).toEqual(['calls.jsonl'])
  const everything = [...log, ...(await Promise.all(files.map((file) => readFile(join(run, file), 'utf8'))))].join('\n')
  expect(everything).toContain('Hello there.')
  expect(everything).toContain('[key]')
  expect(everything).not.toContain(key)
  expect(everything).not.toContain(key.slice(-12))
})
