import type { ChatModel, GenerateRequest, GenerateResult } from '../../contracts/model.ts'
import type { CallJournal, SharedCall } from './call-journal.ts'
import type { Ledger, Phase } from './ledger.ts'
import { phaseName } from './ledger.ts'
import { requestKey } from './request-key.ts'
import { wrapModel } from './wrap-model.ts'

export interface JournalSettings {
  journal: CallJournal
  /** What the calls are for, for example `teacher`. Part of the record, not of the key. */
  phase: Phase
  /** Tells models of one name apart, for example the hash of a checkpoint's weights. */
  identity?: string
  /** Counts the answers that cost nothing because they were there. */
  ledger?: Ledger
}

/**
 * Answers from the journal what was answered before; equal requests at the same time share one call; an answer is written down before it is
 * handed out; errors are not kept. A call is abandoned only when nobody waits for it any more.
 */
export function withJournal(model: ChatModel, { journal, phase, identity, ledger }: JournalSettings): ChatModel {
  const { pending } = journal

  const begin = (key: string, request: GenerateRequest): SharedCall => {
    const abandon = new AbortController()
    const named = phaseName(phase)
    const call = async () => {
      const result = await model.generate({ ...request, signal: abandon.signal })
      await journal.answer({ key, model: model.id, phase: named, messages: request.messages, result })
      return result
    }
    const shared: SharedCall = { result: call().finally(() => pending.delete(key)), waiting: 0, abandon }
    // Callers see a failure by waiting; this keeps one that nobody waits for from ending the process.
    shared.result.catch(() => {})
    pending.set(key, shared)
    return shared
  }

  return wrapModel(model, {
    async generate(request) {
      const key = requestKey(model.id, request, identity)
      for (;;) {
        request.signal?.throwIfAborted()
        const known = await journal.find(key)
        if (known) {
          ledger?.cached(phaseName(phase), model.id)
          return known
        }
        const joined = pending.get(key)
        if (joined) ledger?.cached(phaseName(phase), model.id)
        try {
          return await waitFor(joined ?? begin(key, request), request.signal)
        } catch (error) {
          // The call was abandoned by those who began it, and this request came while it ended: it deserves a call of its own.
          if (joined?.abandon.signal.aborted && !request.signal?.aborted) continue
          throw error
        }
      }
    },
  })
}

async function waitFor(shared: SharedCall, signal: AbortSignal | undefined): Promise<GenerateResult> {
  shared.waiting++
  const { promise: left, reject } = Promise.withResolvers<never>()
  const leave = () => reject(signal?.reason)
  if (signal?.aborted) leave()
  signal?.addEventListener('abort', leave, { once: true })
  try {
    return await Promise.race([shared.result, left])
  } finally {
    signal?.removeEventListener('abort', leave)
    if (--shared.waiting === 0 && signal?.aborted) shared.abandon.abort(signal.reason)
  }
}
