import type { ChatModel } from '../contracts/model.ts'
import { equipModel, type ModelEvent } from '../models/equip-model.ts'
import { parseModelName } from '../models/model-name.ts'
import { type Budget, createBudget } from '../models/wrappers/budget.ts'
import { type CallJournal, openCallJournal } from '../models/wrappers/call-journal.ts'
import { createLedger, type Ledger, type Spending } from '../models/wrappers/ledger.ts'
import { createRateLimiter, type RateLimiter } from '../models/wrappers/rate-limiter.ts'
import { canonicalJson } from '../support/canonical-json.ts'
import type { Clock } from '../support/clock.ts'
import { hashText } from '../support/hash.ts'
import type { Config } from './config.ts'
import { findProviderOptions, type ProviderOptions } from './provider-options.ts'

export interface ModelDeskOptions {
  /** Where the answers are kept; the file appears with the first model. */
  journal: string
  settings: Config['models']
  seed: number
  clock: Clock
  /** What is passed on to providers, by model. */
  providerOptions?: ProviderOptions | undefined
  /** Opens a model by its name, bare. */
  open: (spec: string, providerOptions?: Readonly<Record<string, unknown>>) => Promise<ChatModel>
  onEvent?: (event: ModelEvent) => void
}

/** Where a run gets the models that it asks over a network: each with journal, retries, limits, prices and the run's budget round it. */
export interface ModelDesk {
  /** A model for a phase of the run, under which its calls are counted. Throws as `openModel` and `equipModel`. */
  model(spec: string, phase: string): Promise<ChatModel>
  /** What was spent, by phase and model, over all sessions; nothing if no model was asked for. */
  spending(): Spending[]
  /** Waits for calls on their way; their answers are kept. */
  close(): Promise<void>
}

/** Opens nothing before the first model is asked for. */
export function createModelDesk(options: ModelDeskOptions): ModelDesk {
  const { journal: path, settings, seed, clock, open, onEvent } = options
  const bare = new Map<string, Promise<ChatModel>>()
  const limiters = new Map<string, RateLimiter>()
  let shared: Promise<{ journal: CallJournal; ledger: Ledger; budget: Budget | undefined }> | undefined
  let ledgerNow: Ledger | undefined

  const openShared = async () => {
    const ledger = createLedger()
    const journal = await openCallJournal(path, {
      keepMessages: settings.keepMessages,
      onPast: (entry) => ledger.past(entry),
    })
    ledgerNow = ledger
    const budget =
      settings.budget === undefined ? undefined : createBudget({ limit: settings.budget, spent: ledger.total().cost })
    return { journal, ledger, budget }
  }
  const limiterOf = (provider: string) => {
    const { requestsPerMinute, tokensPerMinute, concurrency } = settings
    const known =
      limiters.get(provider) ??
      createRateLimiter(
        {
          concurrency,
          ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
          ...(tokensPerMinute === undefined ? {} : { tokensPerMinute }),
        },
        clock,
      )
    limiters.set(provider, known)
    return known
  }
  return {
    async model(spec, phase) {
      const providerOptions = findProviderOptions(options.providerOptions, spec)
      const opened = bare.get(spec) ?? open(spec, providerOptions)
      bare.set(spec, opened)
      const model = await opened
      const { journal, ledger, budget } = await (shared ??= openShared())
      return equipModel(model, {
        phase,
        ledger,
        journal,
        // An answer that was given under other options is another answer.
        ...(providerOptions ? { identity: hashText([canonicalJson(providerOptions)]) } : {}),
        clock,
        seed,
        limiter: limiterOf(parseModelName(spec).provider),
        prices: settings.prices,
        timeout: settings.timeout * 1000,
        retry: { retries: settings.retries },
        ...(budget ? { budget } : {}),
        ...(onEvent ? { onEvent } : {}),
      })
    },
    spending: () => ledgerNow?.rows() ?? [],
    async close() {
      const opened = await shared?.catch(() => undefined)
      await opened?.journal.close()
      for (const model of bare.values()) await (await model.catch(() => undefined))?.close?.()
    },
  }
}
