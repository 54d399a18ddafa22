import { parentPort, workerData } from 'node:worker_threads'
import { LeapError } from '../contracts/error.ts'
import { adamWUpdate } from './adamw.ts'
import type { PlainTensor, WorkerAnswer, WorkerRequest, WorkerStart } from './graph-worker-protocol.ts'
import { MuonUpdater } from './muon-updater.ts'
import { type HostTensor, hostTensor, openModel } from './session.ts'

// The thread behind GraphPool: owns one single-threaded session and answers requests one at a time.

const start = workerData as WorkerStart
const port = parentPort!
const fixed = Object.fromEntries(Object.entries(start.fixed).map(([name, tensor]) => [name, host(tensor)]))
const length = start.lanes[0]?.length ?? 0
const laneResults = start.lanes.map(gradientTensors)
const scratch = start.lanes.length > 0 ? new Float32Array(length) : undefined
const scratchResults = scratch ? gradientTensors(scratch) : {}
const gradientNames = new Set(start.gradientSlots.map((slot) => slot.output))

try {
  const session = await openModel(start.model, { threads: 1 })
  const muon = await openMuon()
  port.on('message', (request: WorkerRequest | 'close') => {
    if (request === 'close') {
      void Promise.all([session.dispose(), muon?.dispose()]).then(() => port.close())
      return
    }
    answer(request).then(
      (result) => port.postMessage(result),
      (error: unknown) => port.postMessage(failure(error)),
    )
  })

  async function answer(request: WorkerRequest): Promise<WorkerAnswer> {
    if (request.kind === 'reduce') return { kind: 'reduce', squares: reduce(request) }
    if (request.kind === 'update') {
      update(request)
      return { kind: 'update' }
    }
    if (request.kind === 'muon') {
      for (const matrix of request.matrices) await muon!.update(start.optimiser!.matrices![matrix]!, request.settings)
      return { kind: 'muon' }
    }
    const feeds = {
      ...fixed,
      ...Object.fromEntries(Object.entries(request.feeds).map(([name, tensor]) => [name, host(tensor)])),
    }
    const results = await session.run(feeds, request.first ? laneResults[request.lane] : scratchResults)
    if (!request.first && scratch) addInto(start.lanes[request.lane]!, scratch)
    const outputs: Record<string, Float32Array> = {}
    for (const [name, tensor] of Object.entries(results))
      if (!gradientNames.has(name)) outputs[name] = tensor.data as Float32Array
    return { kind: 'run', outputs }
  }
  port.postMessage({ kind: 'ready' } satisfies WorkerAnswer)
} catch (error) {
  port.postMessage(failure(error))
}

function host({ type, data, shape }: PlainTensor): HostTensor {
  return hostTensor(type, data, shape)
}

function gradientTensors(flat: Float32Array): Record<string, HostTensor> {
  return Object.fromEntries(
    start.gradientSlots.map(({ output, offset, shape }) => {
      const size = shape.reduce((product, dimension) => product * dimension, 1)
      return [output, hostTensor('float32', flat.subarray(offset, offset + size), shape)]
    }),
  )
}

function addInto(target: Float32Array, added: Float32Array): void {
  for (let i = 0; i < target.length; i++) target[i] = target[i]! + added[i]!
}

function reduce({ start: from, end, lanes, scale }: Extract<WorkerRequest, { kind: 'reduce' }>): number {
  const target = start.lanes[0]!
  for (let lane = 1; lane < lanes; lane++) addInto(target.subarray(from, end), start.lanes[lane]!.subarray(from, end))
  let squares = 0
  for (let i = from; i < end; i++) {
    const gradient = Math.fround(target[i]! * scale)
    target[i] = gradient
    squares += gradient * gradient
  }
  return squares
}

function update({ start: from, end, settings }: Extract<WorkerRequest, { kind: 'update' }>): void {
  const { weights, firstMoment, secondMoment, decays } = start.optimiser!
  const arrays = { weights, gradients: start.lanes[0]!, firstMoment, secondMoment }
  for (const range of decays) {
    const clipped = { ...range, start: Math.max(from, range.start), end: Math.min(end, range.end) }
    if (clipped.start < clipped.end) adamWUpdate(arrays, clipped, settings)
  }
}

async function openMuon(): Promise<MuonUpdater | undefined> {
  if (!start.optimiser?.matrices?.length) return undefined
  const { weights, firstMoment, matrices } = start.optimiser
  return MuonUpdater.open({ weights, gradients: start.lanes[0]!, momentum: firstMoment }, matrices)
}

function failure(error: unknown): WorkerAnswer {
  const code = LeapError.is(error) ? error.code : 'TENSOR_WORKER'
  return { kind: 'failed', code, message: error instanceof Error ? error.message : String(error) }
}
