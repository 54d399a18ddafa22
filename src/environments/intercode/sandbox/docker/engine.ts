import Docker from 'dockerode'
import { LeapError } from '../../../../contracts/error.ts'

export interface Engine {
  readonly docker: Docker
  /** `engine 27.3.1`. */
  readonly version: string
}

/**
 * Reaches the Docker engine.
 *
 * @param socketPath default: where the engine's own tools look
 * @throws LeapError `DOCKER_UNREACHABLE`
 */
export async function openEngine(socketPath: string | undefined): Promise<Engine> {
  const docker = new Docker(socketPath === undefined ? { timeout: 600_000 } : { socketPath, timeout: 600_000 })
  try {
    const { Version, Os } = await docker.version()
    if (Os !== 'linux') throw new Error(`it runs ${Os} containers, expected linux`)
    return { docker, version: `engine ${Version}` }
  } catch (cause) {
    throw new LeapError({
      code: 'DOCKER_UNREACHABLE',
      message: `expected a Docker engine${socketPath === undefined ? '' : ` at ${socketPath}`}, found none that answers: ${(cause as Error).message}`,
      remedy: 'Start Docker, name its socket, or use another sandbox.',
      cause,
    })
  }
}

/** The status code of an answer that was an error, if it was one. */
export function statusOf(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown }).statusCode
  return typeof status === 'number' ? status : undefined
}
