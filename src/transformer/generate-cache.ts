import { type HostTensor, hostTensor } from '../tensor/session.ts'
import { headSize, keyValueHeads, type LlamaConfig } from './config.ts'

/** Capacity grows by this many tokens at a time, so that few shapes occur. */
const capacityStep = 64

/**
 * The keys and values of the sequences that are being generated, one row each, per layer [rows, keyHeads, capacity, size] without gaps, so
 * that any run of rows can be given to the runtime as it is. Rows of unused columns hold finite numbers, which the mask hides.
 */
export interface BatchCache {
  /** Columns per row now. */
  readonly capacity: number
  /** Makes room for rows and columns; what the rows hold is kept. */
  reserve(rows: number, columns: number): void
  /** Forgets everything, and is from now on no wider than what is reserved next: attention costs by the column. */
  clear(): void
  /** Keys and values of `count` rows from `first` on, one pair per layer, as graph inputs. */
  tensors(first: number, count: number): { keys: HostTensor; values: HostTensor }[]
  /**
   * Stores a layer's new keys and values [rows, keyHeads, tokens, size]: of row `first + i` the leading `counts[i]` tokens, from column
   * `starts[i]` on.
   */
  write(
    layer: number,
    first: number,
    keys: Float32Array,
    values: Float32Array,
    tokens: number,
    starts: Int32Array,
    counts: Int32Array,
  ): void
  /** Copies one row over another. */
  move(from: number, to: number): void
  /** Copies columns [start, end) of a row to (or from) another store of layout [keyHeads, columns, size] per layer. */
  save(row: number, store: KeyValueStore, start: number, end: number): void
  load(row: number, store: KeyValueStore, end: number): void
}

/** Keys and values of one sequence outside the batch, per layer [keyHeads, capacity, size]. */
export interface KeyValueStore {
  readonly capacity: number
  readonly keys: readonly Float32Array[]
  readonly values: readonly Float32Array[]
}

export function createBatchCache(config: LlamaConfig): BatchCache {
  const size = headSize(config)
  const heads = keyValueHeads(config)
  const layers = config.num_hidden_layers
  let capacity = capacityStep
  let rows = 0
  let buffers: Float32Array[] = Array.from({ length: 2 * layers }, () => new Float32Array(0))
  const views = new Map<string, { keys: HostTensor; values: HostTensor }[]>()

  const reserve = (wantedRows: number, columns: number) => {
    const nextCapacity = Math.max(capacity, Math.ceil(columns / capacityStep) * capacityStep)
    if (wantedRows <= rows && nextCapacity === capacity) return
    const nextRows = Math.max(rows, wantedRows)
    const length = nextRows * heads * nextCapacity * size
    buffers = buffers.map((buffer) => {
      const next = buffer.length >= length ? buffer : new Float32Array(length)
      // From the last block on, since blocks move to the right and may move within one buffer.
      if (next !== buffer || nextCapacity !== capacity)
        for (let block = rows * heads - 1; block >= 0; block--) {
          const from = block * capacity * size
          if (next === buffer) next.copyWithin(block * nextCapacity * size, from, from + capacity * size)
          else next.set(buffer.subarray(from, from + capacity * size), block * nextCapacity * size)
        }
      return next
    })
    rows = nextRows
    capacity = nextCapacity
    views.clear()
  }

  return {
    get capacity() {
      return capacity
    },
    reserve,
    clear() {
      rows = 0
      capacity = capacityStep
      views.clear()
    },
    tensors(first, count) {
      const key = `${first} ${count}`
      const known = views.get(key)
      if (known) return known
      const row = heads * capacity * size
      const view = (buffer: Float32Array) =>
        hostTensor('float32', buffer.subarray(first * row, (first + count) * row), [count, heads, capacity, size])
      const made = Array.from({ length: layers }, (_, layer) => ({
        keys: view(buffers[2 * layer]!),
        values: view(buffers[2 * layer + 1]!),
      }))
      if (views.size > 64) views.clear()
      views.set(key, made)
      return made
    },
    write(layer, first, keys, values, tokens, starts, counts) {
      for (let row = 0; row < counts.length; row++)
        for (let head = 0; head < heads; head++) {
          const from = (row * heads + head) * tokens * size
          const to = (((first + row) * heads + head) * capacity + starts[row]!) * size
          copy(keys, from, buffers[2 * layer]!, to, counts[row]! * size)
          copy(values, from, buffers[2 * layer + 1]!, to, counts[row]! * size)
        }
    },
    move(from, to) {
      const row = heads * capacity * size
      for (const buffer of buffers) buffer.copyWithin(to * row, from * row, (from + 1) * row)
    },
    save(row, store, start, end) {
      for (let index = 0; index < buffers.length; index++)
        for (let head = 0; head < heads; head++) {
          const from = ((row * heads + head) * capacity + start) * size
          const target = (index % 2 === 0 ? store.keys : store.values)[index >> 1]!
          copy(buffers[index]!, from, target, (head * store.capacity + start) * size, (end - start) * size)
        }
    },
    load(row, store, end) {
      for (let index = 0; index < buffers.length; index++)
        for (let head = 0; head < heads; head++) {
          const source = (index % 2 === 0 ? store.keys : store.values)[index >> 1]!
          copy(
            source,
            head * store.capacity * size,
            buffers[index]!,
            (row * heads + head) * capacity * size,
            end * size,
          )
        }
    },
  }
}

/** For short runs a loop is faster than making a view. */
function copy(source: Float32Array, from: number, target: Float32Array, to: number, length: number): void {
  if (length > 96) target.set(source.subarray(from, from + length), to)
  else for (let i = 0; i < length; i++) target[to + i] = source[from + i]!
}
