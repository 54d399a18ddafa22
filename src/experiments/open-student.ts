import { LeapError } from '../contracts/error.ts'
import type { ChatModel } from '../contracts/model.ts'
import { findVariable } from '../models/keys/find-key.ts'
import type { Environment } from '../models/keys/read-environment.ts'
import { createLocalModel } from '../models/local/local-model.ts'
import { openModel } from '../models/open-model.ts'
import { withRetry } from '../models/wrappers/with-retry.ts'
import { withTimeout } from '../models/wrappers/with-timeout.ts'
import type { Clock } from '../support/clock.ts'
import { readModelReference } from '../training/model-reference.ts'
import { createServing } from '../training/serving/create-serving.ts'
import type { Config } from './config.ts'
import { serveStudent } from './serve-student.ts'

export interface StudentOpenerOptions {
  config: Config
  /** The run's. */
  directory: string
  env: Environment
  clock: Clock
  announce: (line: string) => void
  signal: AbortSignal
}

/** Opens a run's students where they run: in this process, behind a server of this process, or on a server of models. */
export interface StudentOpener {
  open(folder: string): Promise<ChatModel>
  /** Ends a server that was started. */
  close(): Promise<void>
}

/** Nothing is started before the first student is opened. Throws as {@link createServing} does. */
export function createStudentOpener(options: StudentOpenerOptions): StudentOpener {
  const { config, directory, env, clock, announce, signal } = options
  const rank = config.training.lora?.rank ?? 16
  const serving = config.serving
    ? createServing({ settings: config.serving, run: directory, rank, env, clock, announce })
    : undefined
  return {
    async open(folder) {
      const reference = await readModelReference(folder)
      if (reference?.kind === 'hosted') return openHostedStudent(reference, options)
      if (serving) return serving.open(folder, { signal })
      if (reference)
        throw new LeapError({
          code: 'SERVING_MISSING',
          message: `student.checkpoint: ${reference.model} lies on a hub and cannot be run in this process`,
          remedy: 'Set serving to a server of models, for example serving: { server: vllm, start: {} }.',
        })
      return config.student.serve ? serveStudent(folder, { clock }) : createLocalModel({ checkpoint: folder })
    },
    close: async () => void (await serving?.close()),
  }
}

/** A student that the service serves which has trained it, with the same key. */
async function openHostedStudent(
  { model, baseUrl }: { model: string; baseUrl: string },
  { config, env, clock }: StudentOpenerOptions,
): Promise<ChatModel> {
  const key = findVariable(env, [config.training.hosted?.keyVariable ?? 'OPENAI_API_KEY'])
  const own = key === undefined ? env : { ...env, OPENAI_COMPATIBLE_API_KEY: key }
  const bare = await openModel(`openai-compatible:${model}`, { env: own, cwd: '.', baseUrl })
  return withRetry(withTimeout(bare, { milliseconds: 120_000, clock }), { seed: config.seed, clock })
}
