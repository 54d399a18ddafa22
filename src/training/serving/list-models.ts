import { z } from 'zod'
import { LeapError } from '../../contracts/error.ts'
import type { ListedModel } from './adapter-server.ts'
import { messageOf, requestServer, type ServerConnection } from './request.ts'

const modelsSchema = z.object({
  data: z.array(z.object({ id: z.string(), parent: z.string().nullish(), root: z.string().nullish() })),
})

/** What a server lists at /v1/models. Throws SERVER_ANSWER if it is something else, or as {@link requestServer}. */
export async function listModels(connection: ServerConnection, signal?: AbortSignal): Promise<ListedModel[]> {
  const answer = await requestServer(connection, '/v1/models', { signal })
  const parsed = modelsSchema.safeParse(answer.json)
  if (answer.status === 200 && parsed.success)
    return parsed.data.data.map(({ id, parent, root }) => ({ id, parent: parent ?? null, root: root ?? null }))
  const keyed = answer.status === 401 || answer.status === 403
  throw new LeapError({
    code: keyed ? 'SERVER_KEY' : 'SERVER_ANSWER',
    message: `expected a list of models at ${connection.url}/v1/models, found ${messageOf(answer)}`,
    remedy: keyed
      ? "Put the server's key into a variable of the environment and name it in serving.keyVariable."
      : 'Is there another server at this address? serving.url goes without /v1.',
  })
}
