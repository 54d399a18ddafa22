import { LeapError } from '../../../../contracts/error.ts'
import { canonicalJson } from '../../../../support/canonical-json.ts'
import { hashText } from '../../../../support/hash.ts'
import { createRandom } from '../../../../support/random.ts'
import { availablePrograms, bareRoot } from '../available-programs.ts'
import {
  defaultCommandLimits,
  defaultSandboxLimits,
  officialIgnored,
  type RootDescription,
  type Sandbox,
  type SandboxLimits,
  type SandboxOptions,
  type SandboxProvider,
} from '../contract.ts'
import { environmentOf } from '../environment-of.ts'
import { createSpares, type Spares } from '../spares.ts'
import { ensureBaseImage } from './base-image.ts'
import { type Container, startContainer } from './container.ts'
import { dockerChanges } from './docker-changes.ts'
import { type Engine, openEngine } from './engine.ts'
import { rootImage } from './root-image.ts'
import { runInContainer } from './run-in-container.ts'

/**
 * Sandboxes that are containers of a Docker engine, laid out as InterCode's: one image per file system, a shell as the first process, commands by `exec`.
 *
 * @throws LeapError `DOCKER_UNREACHABLE`, `DOCKER_IMAGE_MISSING`, `DOCKER_BUILD_FAILED`
 */
export async function openDockerProvider(options: SandboxOptions): Promise<SandboxProvider> {
  const engine = await openEngine(options.docker?.socketPath)
  const base = await ensureBaseImage(engine, options.docker?.image)
  const limits: SandboxLimits = { ...defaultSandboxLimits, ...options.limits }
  const random = createRandom(options.seed ?? 0, 'sandbox')
  const images = new Map<string, Promise<string>>()
  const spares = new Map<string, Spares<Container>>()
  const open = new Set<Sandbox>()
  let isClosed = false

  const nextHostname = () => Array.from({ length: 12 }, () => random.integer(16).toString(16)).join('')
  const imageOf = (root: RootDescription): Promise<string> => {
    const key = hashText([canonicalJson(root)])
    let image = images.get(key)
    if (image === undefined) {
      image = rootImage(engine, base, root, limits, (options.now ?? Date.now)())
      images.set(key, image)
      image.catch(() => images.delete(key))
    }
    return image
  }
  const sparesOf = (root: RootDescription, image: string): Spares<Container> => {
    let containers = spares.get(image)
    if (containers === undefined) {
      containers = createSpares({
        count: root === bareRoot ? 0 : (options.spares ?? 2),
        start: () => {
          const hostname = nextHostname()
          return startContainer(engine, { image, hostname, limits, environment: environmentOf(root, hostname) })
        },
        stop: (container) => container.remove(),
      })
      spares.set(image, containers)
    }
    return containers
  }
  const start = async (root: RootDescription): Promise<Sandbox> => {
    options.signal?.throwIfAborted()
    if (isClosed)
      throw new LeapError({ code: 'SANDBOX_LOST', message: 'a sandbox was asked for after its provider was closed' })
    const image = await imageOf(root)
    const containers = sparesOf(root, image)
    const sandbox = await dockerSandbox(engine, { root, image, containers, left: () => open.delete(sandbox) })
    open.add(sandbox)
    return sandbox
  }
  return {
    kind: 'docker',
    description: `docker (${engine.version}, image ${base})`,
    limitsMemory: true,
    available: async (programs) => availablePrograms(await start(bareRoot), programs),
    async prepare(root) {
      await imageOf(root)
    },
    start,
    async close() {
      if (isClosed) return
      isClosed = true
      await Promise.all([...open].map((sandbox) => sandbox.close()))
      await Promise.all([...spares.values()].map((containers) => containers.close()))
    },
  }
}

interface Place {
  readonly root: RootDescription
  readonly image: string
  readonly containers: Spares<Container>
  readonly left: () => void
}

async function dockerSandbox(engine: Engine, { root, image, containers, left }: Place): Promise<Sandbox> {
  let container: Container | undefined = await containers.take()
  const current = (): Container => {
    if (container !== undefined) return container
    throw new LeapError({
      code: 'SANDBOX_LOST',
      message: `the sandbox of ${root.name} was closed`,
      remedy: 'Start another one.',
    })
  }
  const replace = async () => {
    const old = current()
    container = undefined
    const [next] = await Promise.all([containers.take(), old.remove()])
    container = next
  }
  return {
    root,
    get hostname() {
      return current().hostname
    },
    async run(request) {
      const place = current()
      const { isLost, ...result } = await runInContainer(place, {
        argv: request.argv,
        directory: request.directory ?? '/',
        environment: environmentOf(root, place.hostname),
        limits: { ...defaultCommandLimits, ...request.limits },
        ...(request.signal === undefined ? {} : { signal: request.signal }),
      })
      if (!isLost) return result
      await replace()
      return { ...result, restarted: true }
    },
    async changes() {
      // Made only when needed and never started: its files can be read all the same.
      let made: ReturnType<Engine['docker']['createContainer']> | undefined
      const pristine = () => (made ??= engine.docker.createContainer({ Image: image, NetworkDisabled: true }))
      try {
        return await dockerChanges(current().container, pristine, root.ignore ?? officialIgnored)
      } finally {
        await made?.then((unused) => unused.remove({ force: true })).catch(() => {})
      }
    },
    reset: replace,
    async close() {
      const old = container
      container = undefined
      left()
      await old?.remove()
    },
  }
}
