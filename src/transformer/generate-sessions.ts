import { headSize, keyValueHeads, type LlamaConfig } from './config.ts'
import type { BatchCache, KeyValueStore } from './generate-cache.ts'

interface Entry extends KeyValueStore {
  tokens: readonly number[]
  bytes: number
}

/**
 * Keys and values of the prompts that sessions asked about last. A session's next prompt mostly extends the last one, so only what is new
 * needs to be computed. Holds at most `limit` bytes; the session that was used least recently goes first.
 */
export interface SessionStore {
  /** How many tokens of this prompt the session's last one already had. */
  reusable(session: string, prompt: readonly number[]): number
  /** Fills row `row` of the batch with the first `length` tokens of what the session remembers. */
  restore(session: string, length: number, cache: BatchCache, row: number): void
  /** Remembers the prompt, all of whose keys and values are in row `row`. */
  remember(session: string, prompt: readonly number[], cache: BatchCache, row: number): void
  forget(session: string): void
  /** Bytes held now. */
  readonly bytes: number
}

export function createSessionStore(config: LlamaConfig, limit: number): SessionStore {
  // Insertion order is the order of use.
  const entries = new Map<string, Entry>()
  const perToken = keyValueHeads(config) * headSize(config)
  let bytes = 0

  const forget = (session: string) => {
    bytes -= entries.get(session)?.bytes ?? 0
    entries.delete(session)
  }
  const allocate = (capacity: number): Entry => {
    const blocks = () => Array.from({ length: config.num_hidden_layers }, () => new Float32Array(capacity * perToken))
    return {
      capacity,
      keys: blocks(),
      values: blocks(),
      tokens: [],
      bytes: 8 * capacity * perToken * config.num_hidden_layers,
    }
  }

  return {
    get bytes() {
      return bytes
    },
    reusable(session, prompt) {
      // The last token must be fed in any case: its logits are wanted.
      return commonLength(entries.get(session)?.tokens ?? [], prompt, prompt.length - 1)
    },
    restore(session, length, cache, row) {
      const entry = entries.get(session)
      if (entry && length > 0) cache.load(row, entry, length)
    },
    remember(session, prompt, cache, row) {
      let entry = entries.get(session)
      let kept = entry ? commonLength(entry.tokens, prompt, prompt.length) : 0
      forget(session)
      if (!entry || entry.capacity < prompt.length) {
        entry = allocate(Math.ceil((prompt.length * 1.25) / 64) * 64)
        kept = 0
      }
      if (entry.bytes > limit) return
      cache.save(row, entry, kept, prompt.length)
      entry.tokens = prompt
      entries.set(session, entry)
      bytes += entry.bytes
      while (bytes > limit) forget(entries.keys().next().value!)
    },
    forget,
  }
}

function commonLength(a: readonly number[], b: readonly number[], limit: number): number {
  const end = Math.min(a.length, b.length, limit)
  let length = 0
  while (length < end && a[length] === b[length]) length++
  return length
}
