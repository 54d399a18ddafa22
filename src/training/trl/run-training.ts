import { createWriteStream } from 'node:fs'
import { delimiter } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import type { Environment } from '../../models/keys/read-environment.ts'
import { startProcessGroup } from '../process/process-group.ts'
import { parseTrlEvent, type TrlEvent } from './events.ts'
import { pythonFolder } from './python-folder.ts'

export interface RunTrainingOptions {
  command: [string, ...string[]]
  env: Environment
  /** Everything that the libraries print. */
  log: string
  onEvent: (event: TrlEvent) => void
  signal?: AbortSignal | undefined
  /** Milliseconds that a cancelled training has for saving its state. */
  grace?: number
}

/**
 * Runs a training process to its end and returns its last event. An abort asks the process group to end (the script saves its state), kills what
 * is left after the time of grace, and throws the signal's reason. Throws a LeapError with the code that the script gave, TRL_KILLED, TRL_FAILED.
 */
export async function runTraining(options: RunTrainingOptions): Promise<Extract<TrlEvent, { event: 'done' }>> {
  const { command, env, log, onEvent, signal, grace = 30_000 } = options
  signal?.throwIfAborted()
  const output = createWriteStream(log, { flags: 'a' })
  // A full disk shows as a failure of the training itself; the log is no reason to end it.
  output.on('error', () => {})
  const last: string[] = []
  let done: Extract<TrlEvent, { event: 'done' }> | undefined
  let failure: Extract<TrlEvent, { event: 'error' }> | undefined
  const group = startProcessGroup({
    command,
    grace,
    env: {
      ...env,
      PYTHONPATH: [pythonFolder, ...(env.PYTHONPATH ? [env.PYTHONPATH] : [])].join(delimiter),
      PYTHONUNBUFFERED: '1',
      // Forked loaders and threaded tokenizers do not go together; the library then warns on every start.
      TOKENIZERS_PARALLELISM: 'false',
    },
    onLine(line) {
      const event = parseTrlEvent(line)
      if (!event) return void output.write(`${line}\n`)
      if (event.event === 'done') done = event
      // With several processes the first failure is the cause, the others are its consequences.
      if (event.event === 'error') failure ??= event
      onEvent(event)
    },
    onErrorLine(line) {
      output.write(`${line}\n`)
      last.push(line)
      if (last.length > 15) last.shift()
    },
  })
  const stop = () => void group.stop()
  signal?.addEventListener('abort', stop, { once: true })
  let code: number
  try {
    code = await group.ended
  } finally {
    signal?.removeEventListener('abort', stop)
    output.end()
  }
  signal?.throwIfAborted()
  if (done && code === 0) return done
  if (failure)
    throw new LeapError({
      code: failure.code,
      message: failure.message,
      remedy: `${failure.advice} Log: ${log}`,
    })
  throw unexplained(command[0], code, last, log)
}

function unexplained(python: string, code: number, last: readonly string[], log: string): LeapError {
  if (code === 127)
    return new LeapError({
      code: 'PYTHON_MISSING',
      message: `training.trl.python: the command ${JSON.stringify(python)} was not found`,
      remedy: 'Give the path of a Python with the packages of python/requirements.lock, or leave the field out.',
    })
  if (code === 137)
    return new LeapError({
      code: 'TRL_KILLED',
      message: 'the training process was killed (signal 9)',
      remedy: `Mostly the system's main memory was full: a model is loaded there before it goes to the GPU. Close other programs, take a smaller model, or set training.trl.quantisation. Training goes on from its last saved state. Log: ${log}`,
    })
  return new LeapError({
    code: 'TRL_FAILED',
    message: `the training process ended with code ${code} without a result:\n${last.map((line) => `  ${line}`).join('\n')}`,
    remedy: `The whole log is in ${log}. Training goes on from its last saved state when it is started again.`,
  })
}
