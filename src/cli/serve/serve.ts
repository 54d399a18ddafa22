import { randomInt } from 'node:crypto'
import { basename } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import { addExamples, type CliCommand } from '../command.ts'
import { type CliContext, note, print } from '../context.ts'
import { portNumber, wholeNumber } from '../options/number-option.ts'
import { findCheckpoint } from '../policies/find-checkpoint.ts'
import { sanitizeLine } from '../text/sanitize.ts'

interface ServeCommandOptions {
  host: string
  port: number
  name?: string
  apiKey?: string
  threads?: number
}

/** `leap serve`: a student behind OpenAI's API. */
export const serveCommand: CliCommand<ServeCommandOptions> = {
  configure(command) {
    command
      .argument('<checkpoint>', 'checkpoint folder, for example runs/quickstart/checkpoints/pi_1')
      .option('--host <address>', 'address to listen at; 0.0.0.0 = every network of this machine', '127.0.0.1')
      .option('--port <number>', 'port to listen at; 0 = any that is free', portNumber, 8000)
      .option('--name <name>', "the model's name for clients (default: the folder's name)")
      .option('--api-key <key>', 'clients must send it as a bearer token (default: LEAP_API_KEY, or none)')
      .option('--threads <number>', 'threads that generate (default: one per core for small models)', wholeNumber(1))
    addExamples(command, [
      ['leap serve runs/quickstart/checkpoints/pi_1', 'at http://127.0.0.1:8000/v1, until Ctrl-C'],
      ['leap serve my-student --port 0 --name student', 'on a free port, under a name of its own'],
    ])
  },
  async run(context, options, named) {
    const folder = await findCheckpoint(context.cwd, named!)
    if (folder === undefined)
      throw new LeapError({
        code: 'CHECKPOINT_INVALID',
        message: `Expected a checkpoint folder (config.json, model.safetensors, tokenizer.json), found nothing at ${named}.`,
        remedy: 'Checkpoints of a run lie in <run>/checkpoints/.',
      })
    const { openServedModel } = await import('../../models/serve/served-model.ts')
    const { serveModel } = await import('../../models/serve/serve-model.ts')
    const apiKey = options.apiKey ?? (context.env.LEAP_API_KEY || undefined)
    const name = options.name ?? basename(folder)
    const served = await openServedModel(folder, { name, ...(options.threads ? { threads: options.threads } : {}) })
    try {
      const server = await serveModel({
        served,
        host: options.host,
        port: options.port,
        apiKey,
        clock: context.clock,
        drawSeed: () => randomInt(2 ** 32),
        onError: (error) =>
          note(context, `error ${sanitizeLine(error instanceof Error ? error.message : String(error))}`),
      })
      print(context, `${sanitizeLine(name)} (context of ${served.contextLength} tokens) at ${server.url}`)
      announce(context, server.url, name, apiKey)
      await stopped(context.signal)
      await server.close()
      note(context, `${server.answered} request${server.answered === 1 ? '' : 's'} answered.`)
    } finally {
      await served.model.close?.()
    }
    return 0
  },
}

function announce(context: CliContext, url: string, name: string, apiKey: string | undefined): void {
  const { dim } = context.errorStyle
  note(context, dim(`From Leap: leap:${sanitizeLine(name)}@${url}. Press Ctrl-C to stop.`))
  const isLocal = /\/\/(127\.|\[::1\]|localhost)/.test(url)
  if (!isLocal && apiKey === undefined)
    note(
      context,
      context.errorStyle.bad('Anybody who reaches this address can use the model: set --api-key or LEAP_API_KEY.'),
    )
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
