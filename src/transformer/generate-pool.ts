import { Worker } from 'node:worker_threads'
import { LeapError } from '../contracts/error.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { Generator, GeneratorSettings, SequenceRequest } from './generate.ts'
import type { GenerateWorkerAnswer, GenerateWorkerRequest, GenerateWorkerStart } from './generate-worker-protocol.ts'
import { shareWeights } from './share-weights.ts'

interface Lane {
  worker: Worker
  /** Requests that it has not answered. */
  load: number
  counts: { fed: number; spared: number }
}

interface Pending {
  lane: Lane
  onText: ((piece: string) => void) | undefined
  resolve(result: never): void
  reject(error: unknown): void
}

/**
 * A generator on several threads, each with its own batch. A session stays with one thread, which keeps its cache; other requests go where the
 * least is waiting. Since a result depends on its request alone, it does not depend on the number of threads either. The calling thread stays
 * free, and an idle pool does not keep the process alive. Throws MODEL_WORKER if a thread dies.
 */
export async function createGeneratorPool(
  checkpoint: Checkpoint,
  { threads, sessionBytes = 2 ** 30, ...settings }: GeneratorSettings & { threads: number },
): Promise<Generator> {
  const { folder } = checkpoint
  // The file runs as it is (.ts) in a checkout and compiled (.js) in the package.
  const file = new URL(
    import.meta.url.endsWith('.ts') ? './generate-worker.ts' : './generate-worker.js',
    import.meta.url,
  )
  const pending = new Map<number, Pending>()
  const homes = new Map<string, Lane>()
  let lastId = 0
  let failure: LeapError | undefined
  let closed = false

  const open = async (start: GenerateWorkerStart): Promise<Lane> => {
    const worker = new Worker(file, { workerData: start })
    const lane: Lane = { worker, load: 0, counts: { fed: 0, spared: 0 } }
    await new Promise<void>((ready, refuse) => {
      const die = (cause: unknown) => {
        failure = new LeapError({
          code: 'MODEL_WORKER',
          message: `${folder}: a generation thread died: ${cause}`,
          cause,
        })
        refuse(failure)
        for (const one of pending.values()) one.reject(failure)
        pending.clear()
      }
      worker.on('error', die)
      worker.on('exit', () => {
        if (!closed && !failure) die('it ended')
      })
      worker.on('message', (answer: GenerateWorkerAnswer) => {
        lane.counts = answer.counts
        if (answer.kind === 'ready') return ready()
        const request = pending.get(answer.id)
        if (answer.kind === 'piece') return request?.onText?.(answer.text)
        pending.delete(answer.id)
        lane.load--
        // Somebody who closes the pool waits for the thread's end.
        if (lane.load === 0 && !closed) worker.unref()
        if (answer.kind !== 'failed') request?.resolve(answer.result as never)
        else if (answer.code === undefined) request?.reject(new Error(answer.message))
        else request?.reject(new LeapError({ code: answer.code, message: answer.message }))
      })
    })
    worker.unref()
    return lane
  }
  // Kept by nothing from here on: each thread has its own copy in the runtime by then.
  const begin = startOf(checkpoint, { ...settings, sessionBytes: Math.floor(sessionBytes / threads) })
  const lanes = await Promise.all(Array.from({ length: threads }, () => open(begin)))

  const laneFor = (session: string | undefined): Lane => {
    const home = session === undefined ? undefined : homes.get(session)
    if (home) return home
    const idlest = lanes.reduce((best, lane) => (lane.load < best.load ? lane : best))
    if (session !== undefined) homes.set(session, idlest)
    return idlest
  }
  const ask = <Result>(
    lane: Lane,
    make: (id: number) => GenerateWorkerRequest,
    { signal, onText }: Pick<SequenceRequest, 'signal' | 'onText'> = {},
  ): Promise<Result> => {
    if (failure) return Promise.reject(failure)
    if (closed)
      return Promise.reject(
        new LeapError({ code: 'MODEL_CLOSED', message: `${folder}: the model was closed before this call` }),
      )
    if (signal?.aborted) return Promise.reject(signal.reason)
    const id = ++lastId
    const result = new Promise<Result>((resolve, reject) => {
      pending.set(id, { lane, onText, resolve: resolve as Pending['resolve'], reject })
    })
    if (lane.load++ === 0) lane.worker.ref()
    lane.worker.postMessage(make(id))
    if (!signal) return result
    const cancel = () => {
      lane.worker.postMessage({ kind: 'cancel', id } satisfies GenerateWorkerRequest)
      pending.get(id)?.reject(signal.reason)
    }
    signal.addEventListener('abort', cancel, { once: true })
    return result.finally(() => signal.removeEventListener('abort', cancel))
  }
  const total = (key: 'fed' | 'spared') => lanes.reduce((sum, { counts }) => sum + counts[key], 0)

  return {
    get counts() {
      return { fed: total('fed'), spared: total('spared') }
    },
    generate: ({ signal, onText, ...request }) =>
      ask(laneFor(request.session), (id) => ({ kind: 'generate', id, request, stream: onText !== undefined }), {
        ...(signal ? { signal } : {}),
        ...(onText ? { onText } : {}),
      }),
    score: (prompt, completion) => ask(laneFor(undefined), (id) => ({ kind: 'score', id, prompt, completion })),
    forget(session) {
      homes.get(session)?.worker.postMessage({ kind: 'forget', session } satisfies GenerateWorkerRequest)
      homes.delete(session)
    },
    async close() {
      closed = true
      await Promise.all(
        lanes.map(async ({ worker }) => {
          const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
          if (worker.threadId < 0) return
          worker.ref()
          worker.postMessage({ kind: 'close' } satisfies GenerateWorkerRequest)
          await ended
        }),
      )
    },
  }
}

function startOf(checkpoint: Checkpoint, settings: GeneratorSettings): GenerateWorkerStart {
  const { config, weights, tokenizer, tokenizerConfig, generation, folder } = checkpoint
  return {
    folder,
    files: { config, weights: shareWeights(weights), tokenizer, tokenizerConfig, generation },
    settings,
  }
}
