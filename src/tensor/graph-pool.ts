import { Worker } from 'node:worker_threads'
import { LeapError } from '../contracts/error.ts'
import type { AdamWStep } from './adamw.ts'
import type { PlainTensor, WorkerAnswer, WorkerRequest, WorkerStart } from './graph-worker-protocol.ts'
import type { MuonStep } from './muon.ts'

/**
 * Runs one graph on several threads at once, each with a session of its own that uses a single thread: whole micro-batches
 * side by side need no synchronisation inside operations, which for small models is worth more than threads inside them
 * (and makes every number independent of the thread count). The caller's thread stays free.
 */
export class GraphPool {
  readonly #workers: Worker[]
  readonly #start: WorkerStart
  #failure: LeapError | undefined

  private constructor(start: WorkerStart, workers: Worker[]) {
    this.#start = start
    this.#workers = workers
    for (const worker of workers)
      worker.on('error', (cause) => {
        this.#failure = new LeapError({ code: 'TENSOR_WORKER', message: `a worker thread died: ${cause}`, cause })
      })
  }

  /** Starts the threads. Throws TENSOR_SESSION if the runtime refuses the graph. */
  static async open(start: WorkerStart, threads: number): Promise<GraphPool> {
    // The file runs as it is (.ts) in a checkout and compiled (.js) in the package.
    const file = new URL(import.meta.url.endsWith('.ts') ? './graph-worker.ts' : './graph-worker.js', import.meta.url)
    const workers = Array.from({ length: threads }, () => new Worker(file, { workerData: start }))
    const pool = new GraphPool(start, workers)
    try {
      await Promise.all(workers.map((worker) => pool.#answer(worker)))
    } catch (error) {
      await pool.close()
      throw error
    }
    return pool
  }

  /** Length of the flat gradient arrays. */
  get #length(): number {
    return this.#start.lanes[0]?.length ?? 0
  }

  /**
   * Runs the graph on every micro-batch; returns their outputs (gradients excepted) in order. Gradients of micro-batch i are
   * summed in lane i modulo the number of lanes, in order, so that the sums do not depend on the number of threads.
   */
  async run(batches: readonly Record<string, PlainTensor>[]): Promise<Record<string, Float32Array>[]> {
    const outputs: Record<string, Float32Array>[] = []
    const lanes = this.#start.lanes.length
    // Without gradients every micro-batch is a queue of its own.
    const queues = Array.from(
      { length: lanes === 0 ? batches.length : Math.min(lanes, batches.length) },
      (_, index) => index,
    )
    const stride = lanes === 0 ? batches.length : lanes
    await Promise.all(
      this.#workers.map(async (worker) => {
        for (let lane = queues.shift(); lane !== undefined; lane = queues.shift())
          for (let index = lane; index < batches.length; index += stride) {
            const request: WorkerRequest = {
              kind: 'run',
              feeds: batches[index]!,
              lane,
              first: lanes > 0 && index === lane,
            }
            const answer = await this.#ask(worker, request)
            if (answer.kind === 'run') outputs[index] = answer.outputs
          }
      }),
    )
    return outputs
  }

  /** Sums the lanes of the last run of `batches` micro-batches into the gradient, times `scale`. Returns its norm. */
  async reduce(batches: number, scale: number): Promise<number> {
    const lanes = Math.min(batches, this.#start.lanes.length)
    const answers = await this.#askAll(
      this.#ranges().map(({ start, end }) => ({ kind: 'reduce', start, end, lanes, scale })),
    )
    return Math.sqrt(answers.reduce((sum, answer) => sum + (answer.kind === 'reduce' ? answer.squares : 0), 0))
  }

  /** One update with the gradient that {@link reduce} left: Muon where the pool was started with matrices for it, AdamW elsewhere. */
  async update(settings: AdamWStep, muon?: MuonStep): Promise<void> {
    const matrices = this.#start.optimiser?.matrices ?? []
    if (matrices.length > 0 && !muon)
      throw new LeapError({ code: 'TENSOR_OPTIMISER', message: 'the pool has matrices for Muon but no settings of it' })
    await this.#askAll([
      // Matrices first: the small ranges then fill up whichever thread is done early.
      ...this.#matrixGroups().map((group): WorkerRequest => ({ kind: 'muon', matrices: group, settings: muon! })),
      ...this.#ranges().map(({ start, end }): WorkerRequest => ({ kind: 'update', start, end, settings })),
    ])
  }

  /** The gradient that {@link reduce} left: a view of shared memory. */
  get gradient(): Float32Array {
    return this.#start.lanes[0]!
  }

  /** Ends the threads. Requests under way fail. */
  async close(): Promise<void> {
    await Promise.all(
      this.#workers.map(async (worker) => {
        const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
        if (worker.threadId < 0) return
        worker.postMessage('close')
        await ended
      }),
    )
  }

  /** Cuts the flat arrays into pieces of a size that does not depend on the thread count, so that sums of sums do not either. */
  #ranges(): { start: number; end: number }[] {
    const pieces = Math.max(1, Math.min(16, Math.ceil(this.#length / 65536)))
    const size = Math.ceil(this.#length / pieces / 16) * 16
    return Array.from({ length: pieces }, (_, piece) => ({
      start: piece * size,
      end: Math.min(this.#length, (piece + 1) * size),
    }))
  }

  /** Deals the matrices out to two groups per thread: few messages, and a thread that is slow does not keep the others waiting. */
  #matrixGroups(): number[][] {
    const matrices = this.#start.optimiser?.matrices ?? []
    const count = Math.min(matrices.length, 2 * this.#workers.length)
    return Array.from({ length: count }, (_, group) =>
      [...matrices.keys()].filter((matrix) => matrix % count === group),
    )
  }

  /** Hands the requests out to the threads as they become free. Answers in the order of the requests. */
  async #askAll(requests: readonly WorkerRequest[]): Promise<WorkerAnswer[]> {
    const answers: WorkerAnswer[] = []
    const queue = [...requests.keys()]
    await Promise.all(
      this.#workers.map(async (worker) => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift())
          answers[next] = await this.#ask(worker, requests[next]!)
      }),
    )
    return answers
  }

  #ask(worker: Worker, request: WorkerRequest): Promise<WorkerAnswer> {
    if (this.#failure) throw this.#failure
    worker.postMessage(request)
    return this.#answer(worker)
  }

  #answer(worker: Worker): Promise<WorkerAnswer> {
    return new Promise((resolve, reject) => {
      const onMessage = (answer: WorkerAnswer) => {
        stop()
        if (answer.kind === 'failed') reject(new LeapError({ code: answer.code, message: answer.message }))
        else resolve(answer)
      }
      const onEnd = () => {
        stop()
        reject(
          this.#failure ??
            new LeapError({ code: 'TENSOR_WORKER', message: 'a worker thread ended before it answered' }),
        )
      }
      const stop = () => {
        worker.off('message', onMessage)
        worker.off('exit', onEnd)
      }
      worker.on('message', onMessage)
      worker.on('exit', onEnd)
    })
  }
}
