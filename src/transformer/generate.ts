import { LeapError } from '../contracts/error.ts'
import type { GenerateResult } from '../contracts/model.ts'
import type { Checkpoint } from './checkpoint.ts'
import { createBatchCache } from './generate-cache.ts'
import type { ChoiceSettings } from './generate-choice.ts'
import { type CachedForward, openCachedForward } from './generate-forward.ts'
import { createSequence, type Sequence } from './generate-sequence.ts'
import { createSessionStore } from './generate-sessions.ts'

/** One completion to be generated (or, with `completion`, to be scored). */
export interface SequenceRequest {
  /** At least one token. */
  prompt: readonly number[]
  temperature: number
  topP?: number
  maxTokens: number
  stop?: readonly string[]
  seed: number
  choice?: Pick<ChoiceSettings, 'after' | 'options' | 'open'>
  session?: string
  logprobs?: boolean
  /** Told each further piece of the text once it is certain. */
  onText?: (piece: string) => void
  signal?: AbortSignal
}

export interface GeneratorSettings {
  /** Sequences that run at once; more wait. Beyond 64 the numbers of a step no longer fit the processor's cache. */
  rows?: number
  /** Bytes that the keys and values of idle sessions may take. */
  sessionBytes?: number
}

/** Cached generation of many completions at once. A result depends on its request alone, to the last bit. */
export interface Generator {
  generate(request: SequenceRequest): Promise<GenerateResult>
  /** Log-probability (nats) of each token of `completion` after the prompt. */
  score(prompt: readonly number[], completion: readonly number[]): Promise<number[]>
  forget(session: string): void
  /** Tokens that were fed to the network since the start, and those that sessions spared. */
  readonly counts: { fed: number; spared: number }
  close(): Promise<void>
}

/** A forward pass over a prompt is cut into pieces of about this many tokens (rows times columns): more is not faster. */
const piece = 512
/** Columns of such a piece at most. */
const pieceColumns = 128

/**
 * Opens a checkpoint for generation. Requests that arrive while others run join the batch between two steps: a new request's prompt is read in
 * large pieces, then all sequences advance one token at a time; finished ones leave at once.
 */
export async function createGenerator(checkpoint: Checkpoint, settings: GeneratorSettings = {}): Promise<Generator> {
  const { rows: rowLimit = 64, sessionBytes = 2 ** 30 } = settings
  const { config } = checkpoint
  const forward: CachedForward = await openCachedForward(config, checkpoint.weights)
  const cache = createBatchCache(config)
  const sessions = createSessionStore(config, sessionBytes)
  const counts = { fed: 0, spared: 0 }
  const waiting: Sequence[] = []
  /** Sequence i lies in row i of the cache. */
  let active: Sequence[] = []
  let running: Promise<void> | undefined
  let closed = false

  const leave = (row: number) => {
    const last = active.length - 1
    if (row !== last) {
      cache.move(last, row)
      active[row] = active[last]!
    }
    active.pop()
  }

  /** Reads the prompts of rows [first, end): sorted by length, a few rows at a time, so that little is padding. */
  const read = async (first: number, end: number) => {
    const longest = (row: number) => active[row]!.input.length - active[row]!.fed
    for (let row = first; row < end; ) {
      const columnsWanted = Math.min(pieceColumns, longest(row))
      const count = Math.min(end - row, Math.max(1, Math.floor(piece / columnsWanted)))
      let reading = count
      while (reading > 0) {
        const remaining = Array.from({ length: reading }, (_, index) => longest(row + index))
        const columns = Math.max(2, Math.min(pieceColumns, remaining[0]!))
        const counts = Int32Array.from(remaining, (one) => Math.min(one, columns))
        const starts = Int32Array.from(counts, (_, index) => active[row + index]!.fed)
        const tokens = new Int32Array(reading * columns)
        const wanted: number[] = []
        const owners: Sequence[] = []
        for (let index = 0; index < reading; index++) {
          const sequence = active[row + index]!
          for (let column = 0; column < counts[index]!; column++) {
            tokens[index * columns + column] = sequence.input[sequence.fed + column]!
            if (sequence.fed + column >= sequence.wantedFrom) {
              wanted.push(index * columns + column)
              owners.push(sequence)
            }
          }
        }
        const logits = await step({ first: row, columns, tokens, counts, starts, wanted })
        owners.forEach((sequence, index) => {
          sequence.observe(logits.subarray(index * config.vocab_size, (index + 1) * config.vocab_size))
        })
        while (reading > 0 && longest(row + reading - 1) === 0) reading--
      }
      row += count
    }
  }

  /** One forward pass, which moves the sequences of its rows on. */
  const step = async (request: Parameters<CachedForward['run']>[0]) => {
    const logits = await forward.run(request, cache)
    request.counts.forEach((count, index) => {
      const sequence = active[request.first + index]
      if (sequence) sequence.fed += count
      counts.fed += count
    })
    return logits
  }

  const admit = async () => {
    const first = active.length
    if (first === 0) cache.clear()
    const arriving = waiting.splice(0, rowLimit - first)
    cache.reserve(Math.max(2, first + arriving.length), Math.max(...arriving.map(({ input }) => input.length + 1)))
    for (const sequence of arriving)
      if (sequence.session !== undefined) sequence.fed = sessions.reusable(sequence.session, sequence.input)
    // Those with most to read come first, so that rows read together have about as much to read.
    arriving.sort((a, b) => left(b) - left(a))
    for (const [index, { session, fed }] of arriving.entries()) {
      if (session !== undefined) sessions.restore(session, fed, cache, first + index)
      counts.spared += fed
    }
    active.push(...arriving)
    await read(first, active.length)
    for (let row = active.length - 1; row >= first; row--) {
      const sequence = active[row]!
      if (sequence.session !== undefined) sessions.remember(sequence.session, sequence.input, cache, row)
      if (sequence.finished) leave(row)
    }
  }

  const advance = async () => {
    const longest = active.reduce((most, { fed }) => Math.max(most, fed), 0)
    cache.reserve(2, longest + 1)
    // At least two rows: see openCachedForward. The second one then holds nothing of interest.
    const rows = Math.max(2, active.length)
    const tokens = Int32Array.from({ length: rows }, (_, row) => active[row]?.next ?? 0)
    const starts = Int32Array.from({ length: rows }, (_, row) => active[row]?.fed ?? 0)
    const counts = Int32Array.from({ length: rows }, (_, row) => (active[row] ? 1 : 0))
    const wanted = active.map((_, row) => row)
    const logits = await step({ first: 0, columns: 1, tokens, counts, starts, wanted })
    active.forEach((sequence, row) => {
      sequence.observe(logits.subarray(row * config.vocab_size, (row + 1) * config.vocab_size))
    })
    for (let row = active.length - 1; row >= 0; row--) if (active[row]!.finished) leave(row)
  }

  const work = async () => {
    try {
      for (;;) {
        // Calls made in the same turn, or in reply to results just delivered, travel together.
        await new Promise(setImmediate)
        for (let row = active.length - 1; row >= 0; row--) if (active[row]!.cancelled()) leave(row)
        for (let index = waiting.length - 1; index >= 0; index--)
          if (waiting[index]!.cancelled()) waiting.splice(index, 1)
        if (waiting.length === 0 && active.length === 0) return
        const room = rowLimit - active.length
        if (waiting.length > 0 && room > 0 && waiting.length * 4 >= Math.min(active.length, room)) await admit()
        if (active.length > 0) await advance()
      }
    } catch (error) {
      for (const sequence of [...active, ...waiting]) sequence.fail(error)
      active = []
      waiting.length = 0
    } finally {
      running = undefined
    }
  }

  const submit = (sequence: Sequence) => {
    if (closed)
      throw new LeapError({
        code: 'MODEL_CLOSED',
        message: `${checkpoint.folder}: the model was closed before this call`,
      })
    waiting.push(sequence)
    running ??= work()
  }

  return {
    counts,
    async generate(request) {
      checkLength(checkpoint, request.prompt.length)
      return new Promise((resolve, reject) => submit(createSequence(checkpoint, request, { resolve, reject })))
    },
    async score(prompt, completion) {
      if (completion.length === 0) return []
      checkLength(checkpoint, prompt.length + completion.length - 1)
      return new Promise((resolve, reject) => {
        const request = { prompt, temperature: 0, maxTokens: completion.length, seed: 0, logprobs: true }
        const done = (result: GenerateResult) => resolve(result.logprobs!)
        submit(createSequence(checkpoint, request, { resolve: done, reject }, completion))
      })
    },
    forget: (session) => sessions.forget(session),
    async close() {
      closed = true
      await running
      await forward.close()
    },
  }
}

const left = ({ input, fed }: Sequence) => input.length - fed

function checkLength({ folder, config }: Checkpoint, length: number): void {
  if (length === 0)
    throw new LeapError({
      code: 'PROMPT_EMPTY',
      message: `${folder}: a prompt of no tokens cannot be continued`,
      remedy: 'Give at least the token that begins a text.',
    })
  if (length <= config.max_position_embeddings) return
  throw new LeapError({
    code: 'PROMPT_TOO_LONG',
    message: `${folder}: the text has ${length} tokens, the model reads at most ${config.max_position_embeddings}`,
    remedy: 'Shorten the history in the prompt, or train a model with larger max_position_embeddings.',
  })
}
