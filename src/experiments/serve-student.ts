import type { ChatModel } from '../contracts/model.ts'
import { openModel } from '../models/open-model.ts'
import { serveModel } from '../models/serve/serve-model.ts'
import { openServedModel } from '../models/serve/served-model.ts'
import type { Clock } from '../support/clock.ts'

/**
 * A student behind a server on this machine, as `leap serve` starts it, and the model that reaches it: the same answers by another way. Closing the model stops
 * the server. Throws what opening a checkpoint and listening throw.
 */
export async function serveStudent(folder: string, { clock }: { clock: Clock }): Promise<ChatModel> {
  const served = await openServedModel(folder, { name: 'student' })
  try {
    const server = await serveModel({ served, port: 0, clock, drawSeed: () => 0 })
    // No key: the server is for this process, and a key in the environment is for somebody else's.
    const model = await openModel(`leap:student@${server.url}`, { env: {}, cwd: folder })
    return {
      ...model,
      async close() {
        await model.close?.()
        await server.close()
        await served.model.close?.()
      },
    }
  } catch (error) {
    await served.model.close?.()
    throw error
  }
}
