import { parentPort, workerData } from 'node:worker_threads'
import { LeapError } from '../contracts/error.ts'
import { openCheckpoint } from './checkpoint.ts'
import { createGenerator } from './generate.ts'
import type { GenerateWorkerAnswer, GenerateWorkerRequest, GenerateWorkerStart } from './generate-worker-protocol.ts'

// A thread behind createGeneratorPool: one generator, whose answers go back as they come.

const { folder, files, settings } = workerData as GenerateWorkerStart
const port = parentPort!
const weights = new Map(files.weights)
const generator = await createGenerator(openCheckpoint(folder, { ...files, weights }), settings)
// The runtime has its own copy: what is not let go here stays for as long as the thread lives.
weights.clear()
;(files.weights as Map<string, unknown>).clear()
const running = new Map<number, AbortController>()

type Answer = GenerateWorkerAnswer extends infer One ? (One extends unknown ? Omit<One, 'counts'> : never) : never
const send = (answer: Answer) => port.postMessage({ ...answer, counts: { ...generator.counts } })

function failure(id: number, error: unknown): Answer {
  const code = LeapError.is(error) ? error.code : undefined
  return { kind: 'failed', id, code, message: error instanceof Error ? error.message : String(error) }
}

port.on('message', (message: GenerateWorkerRequest) => {
  switch (message.kind) {
    case 'generate': {
      const { id, request, stream } = message
      const onText = (text: string) => send({ kind: 'piece', id, text })
      const controller = new AbortController()
      running.set(id, controller)
      generator
        .generate({ ...request, ...(stream ? { onText } : {}), signal: controller.signal })
        .then(
          (result) => send({ kind: 'generated', id, result }),
          (error: unknown) => send(failure(id, error)),
        )
        .finally(() => running.delete(id))
      break
    }
    case 'score': {
      const { id, prompt, completion } = message
      generator.score(prompt, completion).then(
        (result) => send({ kind: 'scored', id, result }),
        (error: unknown) => send(failure(id, error)),
      )
      break
    }
    case 'cancel':
      running.get(message.id)?.abort()
      break
    case 'forget':
      generator.forget(message.session)
      break
    case 'close':
      void generator.close().then(() => port.close())
  }
})
send({ kind: 'ready' })
