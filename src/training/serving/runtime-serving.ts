import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import type { ChatModel, Message } from '../../contracts/model.ts'
import type { Clock } from '../../support/clock.ts'
import { hashText } from '../../support/hash.ts'
import { hashFile } from '../../support/hash-file.ts'
import type { ProcessGroup } from '../process/process-group.ts'
import { probeFile } from '../trl/probe-rows.ts'
import type { AdapterServer, ListedModel } from './adapter-server.ts'
import { checkAdapter } from './check-adapter.ts'
import { pathThere, type ServedCheckpoint, servedCheckpoint } from './checkpoint-kind.ts'
import { startChildServer } from './child-server.ts'
import type { ServingOptions } from './create-serving.ts'
import { probeAdapter } from './probe.ts'
import type { ServerConnection } from './request.ts'
import { openServerModel } from './server-model.ts'
import type { Serving } from './serving.ts'
import { startCommand } from './start-commands.ts'

interface RuntimeServingOptions extends ServingOptions {
  connection: ServerConnection & { clock: Clock }
  server: AdapterServer
}

/** Serving by a server that loads adapters while it runs (vLLM, SGLang), one that runs already or a child. */
export function createRuntimeServing(options: RuntimeServingOptions): Serving {
  const { settings, server, connection, announce = () => {} } = options
  let child: { base: string; group: Promise<ProcessGroup> } | undefined

  /** A started server serves one base; whole models that were trained anew take its place one after the other. */
  const ensureServer = async (base: string, signal?: AbortSignal) => {
    if (!settings.start || child?.base === base) return void (await child?.group)
    if (child) await stopChild()
    const group = startServer(options, base, signal)
    child = { base, group }
    await group.catch((error) => {
      child = undefined
      throw error
    })
  }
  const stopChild = async () => {
    const stopped = child
    child = undefined
    await (await stopped?.group.catch(() => undefined))?.stop()
  }

  return {
    async open(folder, { signal } = {}) {
      const checkpoint = await servedCheckpoint(folder)
      const checked = checkpoint.adapter === null ? undefined : await checkAdapter(checkpoint.adapter)
      await ensureServer(checkpoint.base, signal)
      const base = findBase(await server.models(signal), checkpoint, options)
      if (!checked || checkpoint.adapter === null) return openServerModel(connection, base)

      const { adapter } = checkpoint
      const name = await adapterName(options.run, adapter)
      const path = pathThere(adapter, settings.folders)
      // One that a killed session left behind: its weights are those of the name, but only loading proves that they are still there.
      if ((await server.models(signal)).some(({ id }) => id === name)) await server.unload(name)
      await server.load({ name, path, rank: checked.rank }, signal)
      try {
        confirm(await server.models(signal), name, { server, base })
        const adapted = await openServerModel(connection, server.modelName(base, name))
        const probe = await probeAdapter(
          { base: await openServerModel(connection, base), adapted, name },
          await readProbes(adapter),
          signal,
        )
        announce(`${name} is served (rank ${checked.rank}; told from the base by ${probe.by})`)
        return unloadOnClose(adapted, () => server.unload(name))
      } catch (error) {
        await server.unload(name).catch(() => {})
        throw error
      }
    },
    close: stopChild,
  }
}

async function startServer(options: RuntimeServingOptions, base: string, signal?: AbortSignal): Promise<ProcessGroup> {
  const { settings, rank, env, clock, connection, announce = () => {} } = options
  const { command, environment } = startCommand(settings, pathThereOfBase(base, options), settings.maxRank ?? rank)
  return startChildServer({
    command,
    environment,
    env,
    connection,
    healthPath: '/health',
    patience: settings.start!.patience,
    clock,
    announce,
    signal,
  })
}

/** A child runs on this machine; only folders of a server elsewhere are renamed. */
function pathThereOfBase(base: string, { settings }: RuntimeServingOptions): string {
  return settings.start ? base : pathThere(base, settings.folders)
}

/** The name under which the server lists the base. Throws SERVER_BASE if it serves another. */
function findBase(
  models: readonly ListedModel[],
  { base }: ServedCheckpoint,
  { settings, server }: RuntimeServingOptions,
): string {
  const bases = models.filter(({ parent }) => parent === null)
  const wanted = settings.baseModel
  const found = wanted === undefined ? bases[0] : bases.find(({ id }) => id === wanted)
  const listed = bases.map(({ id, root }) => (root && root !== id ? `${id} (from ${root})` : id)).join(', ') || 'none'
  const wrong = (remedy: string) =>
    new LeapError({
      code: 'SERVER_BASE',
      message: `expected ${server.kind} at ${server.url} to serve ${wanted ?? base}, found ${listed}`,
      remedy,
    })
  if (!found) throw wrong('Start the server with the model of student.checkpoint, or correct serving.baseModel.')
  // Folders differ between machines and links; their last part must not. A name given by hand is trusted.
  const same = [found.id, found.root].some((one) => one && basename(one) === basename(base))
  if (wanted === undefined && !same)
    throw wrong(
      'Start the server with the model of student.checkpoint. If it is that model under another name, say so by serving.baseModel.',
    )
  return found.id
}

function confirm(
  models: readonly ListedModel[],
  name: string,
  { server, base }: { server: AdapterServer; base: string },
) {
  const found = models.find(({ id }) => id === name || id === server.modelName(base, name))
  if (!found)
    throw new LeapError({
      code: 'ADAPTER_NOT_LISTED',
      message: `${server.kind} accepted the adapter ${name}, but /v1/models does not list it (listed: ${models.map(({ id }) => id).join(', ')})`,
      remedy:
        'With several servers behind one address the adapter is on one of them only: give serving.url the address of one server.',
    })
  if (found.parent !== null && found.parent !== base)
    throw new LeapError({
      code: 'SERVER_BASE',
      message: `${server.kind} lists the adapter ${name} for ${found.parent}, expected ${base}`,
      remedy: 'Correct serving.baseModel.',
    })
}

/** New for each iteration and each weights: a server that reuses a name may go on answering with the old weights. */
async function adapterName(run: string, folder: string): Promise<string> {
  const weights = await hashFile(join(folder, 'adapter_model.safetensors'))
  return `${basename(folder)}-${hashText([run], 4)}-${weights.slice(0, 8)}`
}

async function readProbes(folder: string): Promise<readonly (readonly Message[])[] | undefined> {
  const text = await readFile(join(folder, probeFile), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as Message[][])
}

function unloadOnClose(model: ChatModel, unload: () => Promise<void>): ChatModel {
  return {
    ...model,
    async close() {
      await model.close?.()
      await unload()
    },
  }
}
