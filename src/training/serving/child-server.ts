import { LeapError } from '../../contracts/error.ts'
import type { Environment } from '../../models/keys/read-environment.ts'
import type { Clock } from '../../support/clock.ts'
import { type ProcessGroup, startProcessGroup } from '../process/process-group.ts'
import { requestServer, type ServerConnection } from './request.ts'

export interface ChildServerOptions {
  command: [string, ...string[]]
  environment: Readonly<Record<string, string>>
  env: Environment
  connection: ServerConnection
  /** Answers 200 once the model is loaded. */
  healthPath: string
  /** Seconds until it must. */
  patience: number
  clock: Clock
  announce: (line: string) => void
  signal?: AbortSignal | undefined
}

/**
 * Starts a server of models and waits until it answers. Throws SERVER_PORT_TAKEN if somebody answers there already, SERVER_FAILED with the
 * server's last words if it ends or takes too long, or the signal's reason.
 */
export async function startChildServer(options: ChildServerOptions): Promise<ProcessGroup> {
  const { command, environment, env, connection, healthPath, patience, clock, announce, signal } = options
  const answers = () =>
    requestServer({ ...connection, timeout: 5_000 }, healthPath, { signal }).then(
      ({ status }) => status === 200,
      (error) => {
        signal?.throwIfAborted()
        if (LeapError.is(error)) return false
        throw error
      },
    )
  if (await answers())
    throw new LeapError({
      code: 'SERVER_PORT_TAKEN',
      message: `serving.start: a server answers at ${connection.url} already`,
      remedy: 'Stop it, give serving.url another port, or leave serving.start out to use the server that runs.',
    })
  const last: string[] = []
  const keep = (line: string) => {
    last.push(line)
    if (last.length > 15) last.shift()
  }
  announce(`starting ${command.join(' ')}`)
  const group = startProcessGroup({
    command,
    env: { ...env, ...environment },
    onLine: keep,
    onErrorLine: keep,
    grace: 10_000,
  })
  let code: number | undefined
  group.ended.then(
    (found) => {
      code = found
    },
    () => {
      code = 127
    },
  )
  try {
    const begun = clock.elapsed()
    while (!(await answers())) {
      if (code !== undefined) throw failed(command, `ended with code ${code}`, last, code)
      if (clock.elapsed() - begun > 1000 * patience) throw failed(command, `did not answer within ${patience} s`, last)
      await clock.sleep(500, signal)
    }
    return group
  } catch (error) {
    await group.stop()
    throw error
  }
}

function failed(command: readonly string[], what: string, last: readonly string[], code?: number): LeapError {
  return new LeapError({
    code: 'SERVER_FAILED',
    message: `${command[0]} ${what}${last.length > 0 ? `:\n${last.map((line) => `  ${line}`).join('\n')}` : ''}`,
    remedy:
      code === 127
        ? 'The program was not found: install it, or give its path in serving.start.command.'
        : 'Try the command by itself. Out of memory: serving.start.parameters ["--gpu-memory-utilization", "0.8"] or a shorter --max-model-len.',
  })
}
