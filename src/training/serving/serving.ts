import type { ChatModel } from '../../contracts/model.ts'

/** Opens checkpoints of a run for roll-outs. */
export interface Serving {
  /**
   * A model for a checkpoint folder: the base as it is served, or an adapter, which is checked, loaded under a new name, confirmed and probed first.
   * Closing the model unloads the adapter.
   */
  open(folder: string, options?: { signal?: AbortSignal }): Promise<ChatModel>
  /** Ends a server that was started for it. */
  close(): Promise<void>
}
