import type { Duplex } from 'node:stream'
import type Docker from 'dockerode'
import type { SandboxLimits } from '../contract.ts'
import { type Engine, statusOf } from './engine.ts'

/** A running container whose first process waits for Leap, as it does in InterCode's. */
export interface Container {
  readonly container: Docker.Container
  readonly hostname: string
  /** Removes it with all its files. One that has gone already is as good. */
  remove(): Promise<void>
}

export interface ContainerOptions {
  readonly image: string
  readonly hostname: string
  readonly environment: Readonly<Record<string, string>>
  readonly limits: SandboxLimits
}

/**
 * Starts a container without network. Its first process is a shell that reads what only Leap could write; when Leap ends, however it ends, the
 * engine closes that input, the shell ends, and the engine removes the container.
 */
export async function startContainer({ docker }: Engine, options: ContainerOptions): Promise<Container> {
  const { limits } = options
  const settings: Docker.ContainerCreateOptions = {
    Image: options.image,
    Cmd: ['bash'],
    Entrypoint: [],
    Hostname: options.hostname,
    WorkingDir: '/',
    User: 'root',
    Env: Object.entries(options.environment).map(([name, value]) => `${name}=${value}`),
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    Tty: false,
    Labels: { 'leap.process': String(process.pid) },
    HostConfig: {
      AutoRemove: true,
      NetworkMode: 'none',
      Memory: limits.memoryBytes + limits.diskBytes,
      MemorySwap: limits.memoryBytes + limits.diskBytes,
      PidsLimit: limits.processes,
      ShmSize: Math.min(limits.diskBytes, 2 ** 26),
      SecurityOpt: ['no-new-privileges'],
      Ulimits: [
        { Name: 'fsize', Soft: limits.diskBytes, Hard: limits.diskBytes },
        { Name: 'nofile', Soft: limits.openFiles, Hard: limits.openFiles },
        { Name: 'cpu', Soft: limits.processorSeconds, Hard: limits.processorSeconds },
        { Name: 'core', Soft: 0, Hard: 0 },
      ],
    },
  }
  const container = await create(docker, settings, limits)
  const remove = async () => {
    try {
      await container.remove({ force: true, v: true })
    } catch (error) {
      // Gone, or just being removed by the engine itself.
      if (![404, 409].includes(statusOf(error) ?? 0)) throw error
    }
  }
  try {
    const input = (await container.attach({ stream: true, stdin: true, hijack: true })) as unknown as Duplex
    input.on('error', () => {})
    await container.start()
    return {
      container,
      hostname: options.hostname,
      async remove() {
        await remove()
        input.destroy()
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}

/** Not every storage of an engine can limit a container's files together; then the limit holds for each file. */
async function create(
  docker: Docker,
  settings: Docker.ContainerCreateOptions,
  limits: SandboxLimits,
): Promise<Docker.Container> {
  const size = { StorageOpt: { size: String(limits.diskBytes) } }
  try {
    return await docker.createContainer({ ...settings, HostConfig: { ...settings.HostConfig, ...size } })
  } catch (error) {
    if (!/storage-opt|StorageOpt|pquota/i.test((error as Error).message)) throw error
    return await docker.createContainer(settings)
  }
}
