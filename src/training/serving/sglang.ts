import { LeapError } from '../../contracts/error.ts'
import type { AdapterServer } from './adapter-server.ts'
import { listModels } from './list-models.ts'
import { messageOf, requestServer, type ServerAnswer, type ServerConnection } from './request.ts'

/** SGLang's run-time endpoints for adapters (docs: advanced_features/lora). Older versions do not list adapters, so what was loaded is remembered. */
export function createSglangServer(connection: ServerConnection): AdapterServer {
  const loaded = new Map<string, string>()
  return {
    kind: 'sglang',
    url: connection.url,
    async models(signal) {
      const listed = await listModels(connection, signal)
      const [base] = listed.filter(({ parent }) => parent === null)
      const missing = [...loaded].filter(([name]) => !listed.some(({ id }) => id === name || id.endsWith(`:${name}`)))
      return [...listed, ...missing.map(([id, root]) => ({ id, root, parent: base?.id ?? null }))]
    },
    async load({ name, path, rank }, signal) {
      const body = { lora_name: name, lora_path: path, pinned: false }
      const answer = await requestServer(connection, '/load_lora_adapter', { body, signal })
      const { success, loaded_adapters: adapters } = (answer.json ?? {}) as {
        success?: boolean
        loaded_adapters?: Record<string, unknown>
      }
      if (answer.status !== 200 || success === false) throw refused(answer, { name, path, rank })
      // The list that comes with the answer is the confirmation where /v1/models gives none.
      if (adapters === undefined || name in adapters) loaded.set(name, path)
    },
    async unload(name) {
      loaded.delete(name)
      await requestServer(connection, '/unload_lora_adapter', { body: { lora_name: name } })
    },
    modelName: (base, adapter) => `${base}:${adapter}`,
  }
}

function refused(answer: ServerAnswer, { name, path, rank }: { name: string; path: string; rank: number }): LeapError {
  const said = messageOf(answer)
  const fail = (code: string, remedy: string) =>
    new LeapError({ code, message: `SGLang did not load the adapter ${name}: ${said}`, remedy })
  if (/rank|target.modules|incompatible|memory pool/i.test(said))
    return fail(
      'ADAPTER_RANK',
      `Start SGLang with --max-lora-rank ${rank} --lora-target-modules all: without adapters at its start it cannot guess them.`,
    )
  if (answer.status === 404 || /lora is not enabled|--enable-lora/i.test(said))
    return fail(
      'ADAPTER_ENDPOINT_OFF',
      'Start SGLang with --enable-lora, --max-lora-rank and --lora-target-modules all.',
    )
  if (/already/i.test(said)) return fail('ADAPTER_NAME_TAKEN', 'Unload it by POST /unload_lora_adapter.')
  if (/no such file|not found|does not exist|repo id/i.test(said))
    return fail('ADAPTER_PATH', `The server reads ${path} on its own machine; map the folder by serving.folders.`)
  if (/shape|mismatch|dimension/i.test(said))
    return fail('ADAPTER_BASE', 'Serve the base that the adapter was trained on (student.checkpoint).')
  return fail('ADAPTER_REFUSED', "See the server's log.")
}
