import { LeapError } from '../../contracts/error.ts'
import type { AdapterServer } from './adapter-server.ts'
import { listModels } from './list-models.ts'
import { messageOf, requestServer, type ServerAnswer, type ServerConnection } from './request.ts'

/** Values that vLLM takes for --max-lora-rank. */
const ranks = [8, 16, 32, 64, 128, 256, 320, 512]

/** The smallest rank that vLLM can be started with for adapters of this one. */
export function vllmRank(rank: number): number {
  return ranks.find((one) => one >= rank) ?? rank
}

/** vLLM's run-time endpoints for adapters (docs: features/lora; shapes as recorded in 2026). */
export function createVllmServer(connection: ServerConnection): AdapterServer {
  return {
    kind: 'vllm',
    url: connection.url,
    models: (signal) => listModels(connection, signal),
    async load({ name, path, rank }, signal) {
      const body = { lora_name: name, lora_path: path }
      const answer = await requestServer(connection, '/v1/load_lora_adapter', { body, signal })
      if (answer.status !== 200) throw refused(answer, { name, path, rank })
    },
    async unload(name) {
      await requestServer(connection, '/v1/unload_lora_adapter', { body: { lora_name: name } })
    },
    modelName: (_base, adapter) => adapter,
  }
}

function refused(answer: ServerAnswer, { name, path, rank }: { name: string; path: string; rank: number }): LeapError {
  const said = messageOf(answer)
  const fail = (code: string, remedy: string) =>
    new LeapError({ code, message: `vLLM did not load the adapter ${name}: ${said}`, remedy })
  if (/greater than max_lora_rank/i.test(said))
    return fail(
      'ADAPTER_RANK',
      `The adapter has rank ${rank}: start vLLM with --max-lora-rank ${vllmRank(rank)}, or train with a smaller training.lora.rank.`,
    )
  if (/already been loaded/i.test(said))
    return fail('ADAPTER_NAME_TAKEN', `Unload it: POST /v1/unload_lora_adapter {"lora_name": "${name}"}.`)
  if (answer.status === 404 && /no adapter found|no such file|not found for/i.test(said))
    return fail(
      'ADAPTER_PATH',
      `The server reads ${path} on its own machine. Share the folder with it, and map it by serving.folders if it lies elsewhere there.`,
    )
  if (answer.status === 404 || answer.status === 405)
    return fail(
      'ADAPTER_ENDPOINT_OFF',
      'Start vLLM with VLLM_ALLOW_RUNTIME_LORA_UPDATING=True in its environment and with --enable-lora.',
    )
  if (/lora is not enabled|enable.lora/i.test(said))
    return fail('ADAPTER_ENDPOINT_OFF', 'Start vLLM with --enable-lora.')
  if (/allowed.*(path|prefix)|path.*not allowed/i.test(said))
    return fail('ADAPTER_PATH', 'The server allows adapters from certain folders only: put the run into one of them.')
  if (/target.modules|shape|size mismatch|dimension|does not match/i.test(said))
    return fail(
      'ADAPTER_BASE',
      'The adapter does not fit the model that is served: serve the base that it was trained on (student.checkpoint).',
    )
  if (answer.status === 401 || answer.status === 403)
    return fail('SERVER_KEY', "Name the variable with the server's key in serving.keyVariable.")
  return fail(
    'ADAPTER_REFUSED',
    "See the server's log. The base that it serves must be the one the adapter was trained on.",
  )
}
