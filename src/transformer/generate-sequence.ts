import type { GenerateResult } from '../contracts/model.ts'
import { createRandom } from '../support/random.ts'
import type { Checkpoint } from './checkpoint.ts'
import { createTextEmitter } from './emit-text.ts'
import type { SequenceRequest } from './generate.ts'
import { createChoiceGuide } from './generate-choice.ts'
import { logProbability, sampleToken } from './generate-sample.ts'

/** One request on its way through the batch: which tokens to feed, and what becomes of the logits. */
export interface Sequence {
  readonly session: string | undefined
  /** Tokens that are known from the start: the prompt, and when scoring all but the last token of the completion. */
  readonly input: readonly number[]
  /** How many tokens are in the cache; moved on by whoever feeds them. */
  fed: number
  /** Index into `input` from which on logits are wanted. */
  readonly wantedFrom: number
  /** The token to be fed next, once the input is read. */
  readonly next: number
  readonly finished: boolean
  /** Takes the logits after the next wanted token. */
  observe(logits: Float32Array): void
  /** Rejects the request and returns true if its signal was aborted. */
  cancelled(): boolean
  fail(error: unknown): void
}

export interface Settle {
  resolve(result: GenerateResult): void
  reject(error: unknown): void
}

/** A request to generate, or with `completion` to score it. */
export function createSequence(
  checkpoint: Checkpoint,
  request: SequenceRequest,
  settle: Settle,
  completion?: readonly number[],
): Sequence {
  const { prompt, signal, logprobs = false } = request
  const { text: tokenizer, endTokens, config } = checkpoint
  const writer = completion ? createScorer(completion) : createWriter(checkpoint, request)
  const given = completion ? [...prompt, ...completion.slice(0, -1)] : prompt
  const emitter = request.onText && createTextEmitter(request.onText, request.stop)
  let finished = false

  const finish = (finishReason: GenerateResult['finishReason']) => {
    finished = true
    emitter?.end(writer.text())
    settle.resolve({
      text: writer.text(),
      finishReason,
      tokens: { prompt: prompt.length, completion: writer.ids.length },
      ...(logprobs ? { logprobs: [...writer.logprobs], tokenTexts: [...writer.pieces] } : {}),
    })
  }
  return {
    session: request.session,
    input: given,
    fed: 0,
    wantedFrom: prompt.length - 1,
    get next() {
      return writer.ids.at(-1)!
    },
    get finished() {
      return finished
    },
    observe(logits) {
      if (finished) return
      const id = writer.take(logits)
      emitter?.grow(writer.text())
      if (writer.done) return finish('stop')
      if (completion === undefined && endTokens.includes(id)) return finish('stop')
      if (writer.ids.length >= request.maxTokens) return finish('length')
      if (prompt.length + writer.ids.length >= config.max_position_embeddings && !completion) finish('length')
    },
    cancelled() {
      if (!signal?.aborted) return false
      finished = true
      settle.reject(signal.reason)
      return true
    },
    fail(error) {
      finished = true
      settle.reject(error)
    },
  }

  function createScorer(expected: readonly number[]) {
    const ids: number[] = []
    const values: number[] = []
    return {
      ids,
      logprobs: values,
      get pieces() {
        return piecesOf(tokenizer, ids)
      },
      text: () => tokenizer.decode(expected),
      get done() {
        return ids.length === expected.length
      },
      take(logits: Float32Array) {
        const id = expected[ids.length]!
        values.push(logProbability(logits, id))
        ids.push(id)
        return id
      },
    }
  }
}

/** Chooses tokens one after another, and watches for stop strings and the constrained choice. */
function createWriter({ text: tokenizer, endTokens }: Checkpoint, request: SequenceRequest) {
  const { temperature, topP = 1, stop = [], seed, choice, logprobs } = request
  const random = createRandom(seed, 'tokens')
  const guide = choice ? createChoiceGuide(tokenizer, { ...choice, stop, endTokens }) : undefined
  const ids: number[] = []
  const values: number[] = []
  let written = ''
  let done = false

  const choose = (logits: Float32Array): number => {
    const allowed = guide?.allowed()
    let banned: Set<number> | undefined
    for (;;) {
      const id = sampleToken(logits, { temperature, topP, allowed, banned }, random)
      if (!guide || allowed || guide.accepts(tokenizer.decode([...ids, id]))) return id
      // The token would carry the text past the mark into none of the options.
      banned ??= new Set()
      banned.add(id)
    }
  }
  return {
    ids,
    logprobs: values,
    get pieces() {
      return piecesOf(tokenizer, ids)
    },
    get done() {
      return done
    },
    text: () => written,
    take(logits: Float32Array) {
      const id = choose(logits)
      ids.push(id)
      if (logprobs) values.push(logProbability(logits, id))
      const text = tokenizer.decode(ids)
      guide?.take(id, text)
      const settled = guide?.settled()
      // With log-probabilities asked for, the tokens that can no longer differ are fed one by one to learn theirs.
      if (settled && (!logprobs || settled.rest.length === 0)) {
        ids.push(...settled.rest)
        written = settled.text
        done = true
        return id
      }
      const cut = firstOf(text, stop, Math.max(0, written.length - longestOf(stop)))
      written = cut === undefined ? text : text.slice(0, cut)
      done = cut !== undefined
      return id
    },
  }
}

/** What each token adds to the text; a character of several tokens comes with the last of them. Together they are the text of all tokens. */
function piecesOf(tokenizer: Checkpoint['text'], ids: readonly number[]): string[] {
  let before = ''
  return ids.map((id, index) => {
    const text = tokenizer.decode(ids.slice(0, index + 1))
    const complete = index === ids.length - 1 ? text : text.replace(/\uFFFD+$/, '')
    // Some tokenizers spell a token otherwise at the beginning of a text than inside.
    const piece = complete.startsWith(before) ? complete.slice(before.length) : tokenizer.decode([id])
    before = complete
    return piece
  })
}

function firstOf(text: string, stops: readonly string[], from: number): number | undefined {
  const found = stops.map((stop) => text.indexOf(stop, from)).filter((index) => index >= 0)
  return found.length > 0 ? Math.min(...found) : undefined
}

const longestOf = (texts: readonly string[]) => texts.reduce((most, { length }) => Math.max(most, length), 0)
