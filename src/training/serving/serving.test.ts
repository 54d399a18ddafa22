import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../support/clock.ts'
import { createStudent } from '../local/create-student.ts'
import { writeSmallAdapter } from '../trl/testing/small-adapter.ts'
import { createServing } from './create-serving.ts'
import { type ServingSettingsInput, servingSchema } from './settings.ts'
import { type FakeServer, type FakeServerOptions, startFakeServer } from './testing/fake-server.ts'

let root = ''
const servers: FakeServer[] = []
const base = () => join(root, 'models', 'base')
const adapter = () => join(root, 'checkpoints', 'pi_1')
const ask = { messages: [{ role: 'user', content: 'Hello' }], temperature: 0, maxTokens: 8, seed: 1 } as const

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-serving-'))
  const size = {
    hidden_size: 16,
    intermediate_size: 32,
    num_hidden_layers: 1,
    num_attention_heads: 2,
    num_key_value_heads: 1,
  }
  await createStudent({ to: base(), texts: ['a b c'], size, seed: 1 })
  const job = { model: { base: base() }, lora: { rank: 8, alpha: 8, target_modules: ['q_proj' as const] } }
  writeSmallAdapter(adapter(), { job, rows: 'rows' })
  await writeFile(join(adapter(), 'probe.json'), JSON.stringify([[{ role: 'user', content: 'find the pen' }]]))
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})
afterAll(() => rm(root, { recursive: true }))

async function serve(options: FakeServerOptions = {}, settings: Partial<ServingSettingsInput> = {}, env = {}) {
  const server = await startFakeServer(options)
  servers.push(server)
  const said: string[] = []
  const serving = createServing({
    settings: servingSchema.parse({ server: options.kind ?? 'vllm', url: server.url, ...settings }),
    run: '/runs/one',
    rank: 8,
    env: { ...process.env, ...env },
    clock: systemClock,
    announce: (line) => said.push(line),
  })
  return { server, serving, said }
}
const failing = async (options: FakeServerOptions, settings: Partial<ServingSettingsInput> = {}) => {
  const { serving, server } = await serve(options, settings)
  const error = await serving.open(adapter()).then(
    () => undefined,
    (reason: Error & { code: string }) => reason,
  )
  // What failed leaves nothing loaded.
  expect([...server.adapters]).toEqual([])
  return error
}

describe('serving by vLLM', () => {
  it('loads an adapter under a name of its own, confirms it, probes it, uses it, and unloads it', async () => {
    const { server, serving, said } = await serve()
    const model = await serving.open(adapter())
    const [name] = [...server.adapters.keys()]
    expect(name).toMatch(/^pi_1-[0-9a-f]{4}-[0-9a-f]{8}$/)
    expect(server.adapters.get(name!)).toBe(adapter())
    expect(server.calls).toEqual([
      'GET /v1/models',
      'GET /v1/models',
      'POST /v1/load_lora_adapter',
      'GET /v1/models',
      'POST /v1/chat/completions base',
      `POST /v1/chat/completions ${name}`,
      'POST /v1/chat/completions base',
    ])
    expect(said).toEqual([`${name} is served (rank 8; told from the base by logprobs)`])
    expect((await model.generate(ask)).text).toBe('I look around.')
    expect(server.calls.at(-1)).toBe(`POST /v1/chat/completions ${name}`)
    await model.close!()
    expect([...server.adapters]).toEqual([])
  })

  it('gives other weights another name, and the base its own', async () => {
    const { server, serving } = await serve()
    const other = join(root, 'checkpoints', 'pi_2')
    await cp(adapter(), other, { recursive: true })
    const job = { model: { base: base() }, lora: { rank: 8, alpha: 8, target_modules: ['q_proj' as const] } }
    writeSmallAdapter(other, { job, rows: 'other rows' })
    const models = [await serving.open(adapter()), await serving.open(other)]
    expect(new Set([...server.adapters.keys()].map((name) => name.slice(-8))).size).toBe(2)
    for (const model of models) await model.close!()
    await (await serving.open(base())).generate(ask)
    expect(server.calls.at(-1)).toBe('POST /v1/chat/completions base')
  })

  it('loads again what a killed session had left loaded', async () => {
    const { server, serving } = await serve()
    await serving.open(adapter())
    const again = await serving.open(adapter())
    expect(server.calls).toContain('POST /v1/unload_lora_adapter')
    expect(server.adapters.size).toBe(1)
    await again.close!()
  })

  it('says what to do when the server refuses', async () => {
    const rank = await failing({ maxRank: 4 })
    expect(rank).toMatchObject({ code: 'ADAPTER_RANK' })
    expect(rank!.message).toMatch(/LoRA rank 8 is greater than max_lora_rank 4\.\n.*--max-lora-rank 8/)
    expect(await failing({ fault: 'endpoint-off' })).toMatchObject({
      code: 'ADAPTER_ENDPOINT_OFF',
      remedy: expect.stringContaining('VLLM_ALLOW_RUNTIME_LORA_UPDATING=True'),
    })
    expect(await failing({ fault: 'path-missing' })).toMatchObject({
      code: 'ADAPTER_PATH',
      remedy: expect.stringContaining('serving.folders'),
    })
    expect(await failing({ fault: 'base-mismatch' })).toMatchObject({ code: 'ADAPTER_BASE' })
    expect(await failing({ key: 'secret' })).toMatchObject({ code: 'SERVER_KEY' })
  })

  it('does not believe the server', async () => {
    expect(await failing({ fault: 'not-listed' })).toMatchObject({ code: 'ADAPTER_NOT_LISTED' })
    const ignored = await failing({ fault: 'ignored' })
    expect(ignored).toMatchObject({ code: 'ADAPTER_NOT_SERVED' })
    expect(ignored!.message).toMatch(/are those of the base \(log-probabilities differ by at most 0\.0e\+0 nats\)/)
    const other = { id: 'mistral-7b', root: '/models/mistral-7b' }
    const wrong = await failing({ base: other })
    expect(wrong).toMatchObject({ code: 'SERVER_BASE' })
    expect(wrong!.message).toContain('found mistral-7b (from /models/mistral-7b)')
    const named = await serve({ base: other }, { baseModel: 'mistral-7b' })
    await (await named.serving.open(adapter())).close!()
  })

  it('sends a key that is never shown, and paths as the server sees them', async () => {
    const folders = { here: root, there: '/shared/runs' }
    const { server, serving } = await serve(
      { key: 'secret' },
      { keyVariable: 'VLLM_KEY', folders, baseModel: 'base' },
      { VLLM_KEY: 'secret' },
    )
    const model = await serving.open(adapter())
    expect([...server.adapters.values()]).toEqual(['/shared/runs/checkpoints/pi_1'])
    await model.close!()
    await expect(serve({}, { keyVariable: 'NO_SUCH_KEY' })).rejects.toMatchObject({ code: 'SERVER_KEY' })
    const elsewhere = await serve({}, { folders: { here: '/other', there: '/x' }, baseModel: 'base' })
    await expect(elsewhere.serving.open(adapter())).rejects.toMatchObject({ code: 'ADAPTER_PATH' })
  })

  it('tells a server that is not there, and checks the adapter before it asks', async () => {
    const { server, serving } = await serve()
    const broken = join(root, 'checkpoints', 'broken')
    await cp(adapter(), broken, { recursive: true })
    await writeFile(join(broken, 'adapter_model.safetensors'), 'nothing')
    await expect(serving.open(broken)).rejects.toMatchObject({ code: 'ADAPTER_INVALID' })
    expect(server.calls).toEqual([])
    await servers.pop()!.close()
    await expect(serving.open(adapter())).rejects.toThrow(
      /expected a server of models at http:\/\/127\.0\.0\.1:\d+\/v1\/models: .*ECONNREFUSED/,
    )
  })
})

describe('serving by SGLang', () => {
  it('names an adapter beside its base, and takes the answer’s list where /v1/models has none', async () => {
    const { server, serving } = await serve({ kind: 'sglang' })
    const model = await serving.open(adapter())
    const [name] = [...server.adapters.keys()]
    await model.generate(ask)
    expect(server.calls).toContain('POST /load_lora_adapter')
    expect(server.calls.at(-1)).toBe(`POST /v1/chat/completions base:${name}`)
    await model.close!()
    expect(server.calls.at(-1)).toBe('POST /unload_lora_adapter')
  })

  it('says what to do when the server refuses', async () => {
    const rank = await failing({ kind: 'sglang', maxRank: 4 })
    expect(rank).toMatchObject({ code: 'ADAPTER_RANK', remedy: expect.stringContaining('--lora-target-modules all') })
    expect(await failing({ kind: 'sglang', fault: 'endpoint-off' })).toMatchObject({ code: 'ADAPTER_ENDPOINT_OFF' })
    expect(await failing({ kind: 'sglang', fault: 'ignored' })).toMatchObject({ code: 'ADAPTER_NOT_SERVED' })
  })
})

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

/** A command that runs a TypeScript file of this folder and writes down what it was called with. */
async function commandFor(file: string, calls: string): Promise<string> {
  const path = join(root, `run-${file}.sh`)
  const script = fileURLToPath(new URL(`./testing/${file}`, import.meta.url))
  const log = `echo "$VLLM_ALLOW_RUNTIME_LORA_UPDATING $@" >> ${JSON.stringify(calls)}`
  await writeFile(path, `#!/bin/sh\n${log}\nexec ${JSON.stringify(process.execPath)} ${JSON.stringify(script)} "$@"\n`)
  await chmod(path, 0o755)
  return path
}

describe('a server that is started', () => {
  it('is vLLM with its adapters switched on, waited for, and ended with the run', async () => {
    const calls = join(root, 'vllm-calls')
    const command = [await commandFor('start-fake-server.ts', calls), 'serve']
    const url = `http://127.0.0.1:${await freePort()}`
    const start = { command, parameters: ['--dtype', 'float32'] }
    const { serving } = await serve({}, { url, start })
    const model = await serving.open(adapter())
    expect((await model.generate(ask)).text).toBe('I look around.')
    const { port } = new URL(url)
    expect((await readFile(calls, 'utf8')).trim()).toBe(
      `True serve ${base()} --host 127.0.0.1 --port ${port} --enable-lora --max-loras 2 --max-lora-rank 8 --dtype float32`,
    )
    await model.close!()
    await serving.close()
    await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed')
  })

  it('is refused where somebody listens already, and its last words are told where it fails', async () => {
    const { serving } = await serve({}, { start: {} })
    await expect(serving.open(adapter())).rejects.toMatchObject({ code: 'SERVER_PORT_TAKEN' })
    const url = `http://127.0.0.1:${await freePort()}`
    const missing = await serve({}, { url, start: { command: ['/no/vllm'] } })
    await expect(missing.serving.open(adapter())).rejects.toThrow(/ended with code 127[\s\S]*The program was not found/)
  })

  it('is llama.cpp, anew for each adapter, which is converted first', async () => {
    const calls = join(root, 'llama-calls')
    const command = await commandFor('fake-llama-server.ts', calls)
    const url = `http://127.0.0.1:${await freePort()}`
    const settings: Partial<ServingSettingsInput> = {
      server: 'llama.cpp',
      url,
      gguf: 'base.gguf',
      start: { command: [command] },
      convert: [command],
    }
    const { serving, said } = await serve({}, settings)
    const model = await serving.open(adapter())
    expect((await model.generate(ask)).text).toBe('scale 1')
    const plain = await serving.open(base())
    expect((await plain.generate(ask)).text).toBe('scale 0')
    await serving.close()
    const [converted, started, restarted] = (await readFile(calls, 'utf8')).trim().split('\n')
    expect(converted).toMatch(/--base \S+base --outfile \S+pi_1\.gguf \S+pi_1$/)
    expect(started).toMatch(
      /-m base\.gguf --host 127\.0\.0\.1 --port \d+ --lora \S+pi_1\.gguf --lora-init-without-apply$/,
    )
    expect(restarted).not.toContain('--lora')
    expect(said.filter((line) => line.includes('is served'))).toEqual([
      'pi_1 is served by llama.cpp (told from the base by text)',
    ])
    await expect(serve({}, { server: 'llama.cpp', gguf: 'base.gguf' })).rejects.toMatchObject({
      code: 'SERVING_SETTINGS',
    })
    const broken = await serve({}, settings, { FAKE_SERVER: 'broken' })
    await expect(broken.serving.open(base())).rejects.toThrow(/unable to load model/)
  })

  it('gives llama.cpp an adapter that Leap has converted itself, and says what to do where it cannot', async () => {
    const calls = join(root, 'own-calls')
    const command = await commandFor('fake-llama-server.ts', calls)
    const start = { command: [command] }
    const url = `http://127.0.0.1:${await freePort()}`
    const { serving } = await serve({}, { server: 'llama.cpp', url, gguf: 'base.gguf', start })
    expect((await (await serving.open(adapter())).generate(ask)).text).toBe('scale 1')
    await serving.close()
    // Started once, and nothing else was called.
    expect((await readFile(calls, 'utf8')).trim().split('\n')).toHaveLength(1)

    const strange = join(root, 'checkpoints', 'strange')
    await cp(adapter(), strange, { recursive: true })
    const config = JSON.parse(await readFile(join(strange, 'adapter_config.json'), 'utf8'))
    const rewritten = { ...config, base_model_name_or_path: 'meta-llama/Meta-Llama-3-8B-Instruct' }
    await writeFile(join(strange, 'adapter_config.json'), JSON.stringify(rewritten))
    await expect(serving.open(strange)).rejects.toMatchObject({
      code: 'ADAPTER_CONVERSION',
      remedy: expect.stringMatching(/set serving\.convert/),
    })
  })
})
