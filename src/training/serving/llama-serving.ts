import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { LeapError } from '../../contracts/error.ts'
import type { Message } from '../../contracts/model.ts'
import type { Clock } from '../../support/clock.ts'
import { readAdapter } from '../../transformer/adapter.ts'
import { parseLlamaConfig } from '../../transformer/config.ts'
import { encodeAdapterGguf } from '../../transformer/gguf/adapter-gguf.ts'
import { type ProcessGroup, startProcessGroup } from '../process/process-group.ts'
import { probeFile } from '../trl/probe-rows.ts'
import { checkAdapter } from './check-adapter.ts'
import { servedCheckpoint } from './checkpoint-kind.ts'
import { startChildServer } from './child-server.ts'
import type { ServingOptions } from './create-serving.ts'
import { probeAdapter } from './probe.ts'
import { messageOf, requestServer, type ServerConnection } from './request.ts'
import { openServerModel } from './server-model.ts'
import type { Serving } from './serving.ts'

const adaptersSchema = z.array(z.object({ id: z.number(), path: z.string(), scale: z.number() }))

/**
 * Serving by llama.cpp's server, which takes adapters (GGUF) only at its start: each checkpoint is converted, and the server started anew with it.
 * The adapter is switched on for each request by itself, so that the base can be asked for the probe.
 */
export function createLlamaServing(
  options: ServingOptions & { connection: ServerConnection & { clock: Clock } },
): Serving {
  const { settings, connection, announce = () => {}, env, clock } = options
  const { gguf, start } = settings
  if (gguf === undefined || !start)
    throw new LeapError({
      code: 'SERVING_SETTINGS',
      message: `serving: llama.cpp needs ${gguf === undefined ? 'serving.gguf (the base as a GGUF file)' : 'serving.start'}`,
      remedy:
        'llama-server takes adapters only when it starts, so Leap has to start it: set serving.gguf and serving.start: {}.',
    })
  let child: ProcessGroup | undefined
  const stop = async () => {
    const stopped = child
    child = undefined
    await stopped?.stop()
  }
  const restart = async (more: readonly string[], signal: AbortSignal | undefined) => {
    await stop()
    const { hostname, port } = new URL(settings.url)
    const [program = 'llama-server', ...first] = start.command ?? ['llama-server']
    child = await startChildServer({
      command: [
        program,
        ...first,
        '-m',
        gguf,
        '--host',
        hostname,
        '--port',
        port || '80',
        ...more,
        ...start.parameters,
      ],
      environment: start.environment,
      env,
      connection,
      healthPath: '/health',
      patience: start.patience,
      clock,
      announce,
      signal,
    })
  }

  return {
    async open(folder, { signal } = {}) {
      const { adapter, base } = await servedCheckpoint(folder)
      // A server that has no adapter needs none to be named.
      if (adapter === null) {
        await restart([], signal)
        return openServerModel(connection, 'base')
      }
      await checkAdapter(adapter)
      const work = await mkdtemp(join(tmpdir(), 'leap-gguf-'))
      try {
        const file = join(work, `${basename(adapter)}.gguf`)
        if (settings.convert) await convert(settings.convert, { env, base, adapter, file, signal })
        else await writeFile(file, await ggufOf(adapter, base))
        await restart(['--lora', file, '--lora-init-without-apply'], signal)
        await confirm(connection, file, signal)
        const name = basename(adapter)
        const adapted = await openServerModel(connection, name, { lora: [{ id: 0, scale: 1 }] })
        const plain = await openServerModel(connection, name, { lora: [{ id: 0, scale: 0 }] })
        const probes = await readFile(join(adapter, probeFile), 'utf8').then(
          (text) => JSON.parse(text) as Message[][],
          () => undefined,
        )
        const { by } = await probeAdapter({ base: plain, adapted, name }, probes, signal)
        announce(`${name} is served by llama.cpp (told from the base by ${by})`)
        return adapted
      } catch (error) {
        await stop()
        throw error
      } finally {
        // The server has read the file into memory, or is not there.
        await rm(work, { recursive: true, force: true })
      }
    },
    close: stop,
  }
}

/** The adapter as GGUF, made by Leap itself. Throws ADAPTER_CONVERSION where the base is not a folder of a model that Leap knows. */
async function ggufOf(adapter: string, base: string): Promise<Buffer> {
  try {
    const path = join(base, 'config.json')
    const config = parseLlamaConfig(JSON.parse(await readFile(path, 'utf8')), path)
    return encodeAdapterGguf(config, await readAdapter(adapter, config))
  } catch (cause) {
    throw new LeapError({
      code: 'ADAPTER_CONVERSION',
      message: `${adapter} cannot be made a GGUF adapter for ${base}: ${cause instanceof Error ? cause.message : cause}`,
      remedy:
        'Leap converts adapters of Llama and Qwen2 models whose base lies in a folder. For others set serving.convert to the command of convert_lora_to_gguf.py from the sources of llama.cpp.',
      cause,
    })
  }
}

async function convert(
  converter: readonly string[],
  options: Pick<ServingOptions, 'env'> & {
    base: string
    adapter: string
    file: string
    signal: AbortSignal | undefined
  },
) {
  const { env, base, adapter, file, signal } = options
  const [program = 'python3', ...first] = converter
  const last: string[] = []
  const keep = (line: string) => void last.push(line)
  const command: [string, ...string[]] = [program, ...first, '--base', base, '--outfile', file, adapter]
  const group = startProcessGroup({ command, env, onLine: keep, onErrorLine: keep, grace: 5_000 })
  const stop = () => void group.stop()
  signal?.addEventListener('abort', stop, { once: true })
  const code = await group.ended
  signal?.removeEventListener('abort', stop)
  signal?.throwIfAborted()
  if (code === 0) return
  throw new LeapError({
    code: 'ADAPTER_CONVERSION',
    message: `${command.slice(0, 2).join(' ')} ended with code ${code}:\n${last
      .slice(-10)
      .map((line) => `  ${line}`)
      .join('\n')}`,
    remedy:
      'serving.convert is the command of convert_lora_to_gguf.py from the sources of llama.cpp, for example ["python3", "/opt/llama.cpp/convert_lora_to_gguf.py"].',
  })
}

/** The server must have the adapter, and only this one. */
async function confirm(connection: ServerConnection, file: string, signal: AbortSignal | undefined): Promise<void> {
  const answer = await requestServer(connection, '/lora-adapters', { signal })
  const parsed = adaptersSchema.safeParse(answer.json)
  if (
    answer.status === 200 &&
    parsed.success &&
    parsed.data.length === 1 &&
    basename(parsed.data[0]!.path) === basename(file)
  )
    return
  throw new LeapError({
    code: 'ADAPTER_NOT_LISTED',
    message: `expected llama.cpp to list the adapter ${basename(file)} at /lora-adapters, found ${parsed.success ? JSON.stringify(parsed.data) : messageOf(answer)}`,
    remedy: 'Take --lora out of serving.start.parameters; use a llama-server of 2025 or later.',
  })
}
