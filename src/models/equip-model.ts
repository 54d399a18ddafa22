import type { ChatModel } from '../contracts/model.ts'
import type { Clock } from '../support/clock.ts'
import { findPrice, type PriceTable, requirePrice } from './prices/find-price.ts'
import type { Budget } from './wrappers/budget.ts'
import type { CallJournal } from './wrappers/call-journal.ts'
import { type Ledger, type Phase, phaseName } from './wrappers/ledger.ts'
import { letFinish } from './wrappers/let-finish.ts'
import type { RateLimiter } from './wrappers/rate-limiter.ts'
import { withAccounting } from './wrappers/with-accounting.ts'
import { withBudget } from './wrappers/with-budget.ts'
import { withJournal } from './wrappers/with-journal.ts'
import { withNotices } from './wrappers/with-notices.ts'
import { withRateLimit } from './wrappers/with-rate-limit.ts'
import { type RetrySettings, withRetry } from './wrappers/with-retry.ts'
import { withTimeout } from './wrappers/with-timeout.ts'

/** Something about a model that a user should hear once, or each time. */
export type ModelEvent =
  | { kind: 'retry'; model: string; attempt: number; wait: number; error: unknown }
  | { kind: 'price-unknown'; model: string; message: string }
  | { kind: 'ignored'; model: string; setting: string; message: string }

export interface ModelEquipment {
  /** What the calls are for: the row of the ledger. */
  phase: Phase
  ledger: Ledger
  clock: Clock
  /** Seed of the waits between attempts. */
  seed: number
  /** Where answers are kept; without it every call is made. */
  journal?: CallJournal
  /** Tells models of one name apart in the journal, for example the hash of a checkpoint's weights. */
  identity?: string
  limiter?: RateLimiter
  budget?: Budget
  /** Prices that come before the package's table. */
  prices?: PriceTable
  retry?: Omit<RetrySettings, 'seed' | 'clock' | 'onRetry'>
  /** Milliseconds that one attempt may take. Default two minutes. */
  timeout?: number
  onEvent?: (event: ModelEvent) => void
}

/**
 * Puts everything round a model that a paid one needs, in the only order that works: the journal outermost (what is known costs nothing and
 * waits for nothing), each retry through the rate limit, each attempt against the budget, and once begun to its end within the time-out.
 * Throws a LeapError `PRICE_UNKNOWN` if there is a budget and no price.
 */
export function equipModel(model: ChatModel, equipment: ModelEquipment): ChatModel {
  const {
    phase,
    ledger,
    clock,
    seed,
    journal,
    identity,
    limiter,
    budget,
    prices,
    retry,
    timeout = 120_000,
    onEvent,
  } = equipment
  const price = budget ? requirePrice(model.id, prices) : findPrice(model.id, prices)
  let equipped = withNotices(model, { onEvent, priced: price !== undefined })
  equipped = withAccounting(equipped, { ledger, phase, price })
  equipped = withTimeout(equipped, { milliseconds: timeout, clock })
  if (journal) equipped = letFinish(equipped)
  if (budget && price) {
    const onLost = (cost: number) => {
      const entry = { model: model.id, phase: phaseName(phase), cost }
      ledger.lost(entry.phase, entry.model, cost)
      // Should this line be lost, too, the next session believes in a few cents more than there are.
      journal?.lost(entry).catch(() => {})
    }
    equipped = withBudget(equipped, { budget, price, onLost })
  }
  if (limiter) equipped = withRateLimit(equipped, { limiter, clock })
  equipped = withRetry(equipped, {
    ...retry,
    seed,
    clock,
    ...(onEvent ? { onRetry: (one) => onEvent({ kind: 'retry', ...one }) } : {}),
  })
  if (!journal) return equipped
  return withJournal(equipped, { journal, phase, ledger, ...(identity === undefined ? {} : { identity }) })
}
