import { LeapError } from '../../contracts/error.ts'
import type { Environment } from '../../models/keys/read-environment.ts'
import type { Clock } from '../../support/clock.ts'
import type { AdapterServer } from './adapter-server.ts'
import { createLlamaServing } from './llama-serving.ts'
import type { ServerConnection } from './request.ts'
import { createRuntimeServing } from './runtime-serving.ts'
import type { Serving } from './serving.ts'
import type { ServingSettings } from './settings.ts'
import { createSglangServer } from './sglang.ts'
import { createVllmServer } from './vllm.ts'

export interface ServingOptions {
  settings: ServingSettings
  /** The run directory: adapters of it are told apart from those of other runs by name. */
  run: string
  /** Rank of the adapters to come, for a server that is started. */
  rank: number
  env: Environment
  clock: Clock
  fetch?: typeof globalThis.fetch
  announce?: (line: string) => void
}

/** Servers that take adapters while they run, by name. */
export const adapterServers = { vllm: createVllmServer, sglang: createSglangServer } satisfies Record<
  string,
  (connection: ServerConnection) => AdapterServer
>

/** Serving as configured. Nothing is sent or started before the first model is opened. Throws SERVER_KEY if the key's variable is not set. */
export function createServing(options: ServingOptions): Serving {
  const { settings, env, clock, fetch = globalThis.fetch } = options
  const key = settings.keyVariable === undefined ? undefined : env[settings.keyVariable]
  if (settings.keyVariable !== undefined && !key)
    throw new LeapError({
      code: 'SERVER_KEY',
      message: `serving.keyVariable: the variable ${settings.keyVariable} is not set`,
      remedy: `Set it in the environment or in a file .env, or leave the field out if the server asks for no key.`,
    })
  const connection = { url: settings.url, fetch, key, timeout: 1000 * settings.timeout, clock }
  if (settings.server === 'llama.cpp') return createLlamaServing({ ...options, connection })
  return createRuntimeServing({ ...options, connection, server: adapterServers[settings.server](connection) })
}
