/** A model that a server lists. */
export interface ListedModel {
  id: string
  /** The base of an adapter; null for a base. */
  parent: string | null
  /** Path or hub name that it was loaded from, where the server tells. */
  root: string | null
}

/** A server that takes adapters while it runs. One implementation for each kind of server. */
export interface AdapterServer {
  /** `vllm`, `sglang`, ... */
  readonly kind: string
  /** Address without `/v1`. */
  readonly url: string
  models(signal?: AbortSignal): Promise<ListedModel[]>
  /** Loads the adapter of a folder (as the server sees it) under a name. Throws a LeapError with the server's words and what to do. */
  load(adapter: { name: string; path: string; rank: number }, signal?: AbortSignal): Promise<void>
  unload(name: string): Promise<void>
  /** What a chat request names to be answered by the adapter. */
  modelName(base: string, adapter: string): string
}
