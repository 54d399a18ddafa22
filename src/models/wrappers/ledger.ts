import type { GenerateResult } from '../../contracts/model.ts'
import type { JournalEntry } from './call-journal.ts'

/** What calls are for; a function where one model serves several phases in turn. */
export type Phase = string | (() => string)

export const phaseName = (phase: Phase): string => (typeof phase === 'string' ? phase : phase())

/** What one model did in one phase. Tokens and costs are of answered calls; `cost` holds what lost calls may cost, too. */
export interface Spending {
  phase: string
  model: string
  calls: number
  /** Requests that were answered without a call: from the journal, or by sharing a call with an equal request. */
  cached: number
  /** Calls without an answer that the provider may bill all the same. */
  lost: number
  tokens: { prompt: number; cachedPrompt: number; completion: number; reasoning: number }
  /** US dollars, of the calls whose price is known. */
  cost: number
  /** Calls whose price is not known: `cost` says nothing about them. */
  unpriced: number
}

/** Adds up what a run spends, by phase and model, over all its sessions. */
export interface Ledger {
  answered(phase: string, model: string, result: GenerateResult): void
  cached(phase: string, model: string): void
  lost(phase: string, model: string, cost: number): void
  /** Takes an entry of an earlier session. */
  past(entry: JournalEntry): void
  /** In the order in which phases and models first appeared. */
  rows(): Spending[]
  total(): Omit<Spending, 'phase' | 'model'>
}

export function createLedger(): Ledger {
  const rows = new Map<string, Spending>()
  const row = (phase: string, model: string): Spending => {
    const key = `${phase}\n${model}`
    const found = rows.get(key) ?? { phase, model, ...nothing() }
    rows.set(key, found)
    return found
  }
  const ledger: Ledger = {
    answered(phase, model, { tokens, usage, cost }) {
      const to = row(phase, model)
      to.calls++
      to.tokens.prompt += tokens.prompt
      to.tokens.completion += tokens.completion
      to.tokens.cachedPrompt += usage?.cachedPrompt ?? 0
      to.tokens.reasoning += usage?.reasoning ?? 0
      if (cost === undefined) to.unpriced++
      else to.cost += cost
    },
    cached(phase, model) {
      row(phase, model).cached++
    },
    lost(phase, model, cost) {
      const to = row(phase, model)
      to.lost++
      to.cost += cost
    },
    past(entry) {
      if (entry.kind === 'lost') ledger.lost(entry.phase, entry.model, entry.cost)
      else ledger.answered(entry.phase, entry.model, entry.result as GenerateResult)
    },
    rows: () => [...rows.values()].map((one) => ({ ...one, tokens: { ...one.tokens } })),
    total() {
      const sum = nothing()
      for (const { calls, cached, lost, tokens, cost, unpriced } of rows.values()) {
        sum.calls += calls
        sum.cached += cached
        sum.lost += lost
        sum.cost += cost
        sum.unpriced += unpriced
        for (const name of ['prompt', 'cachedPrompt', 'completion', 'reasoning'] as const)
          sum.tokens[name] += tokens[name]
      }
      return sum
    },
  }
  return ledger
}

const nothing = (): Omit<Spending, 'phase' | 'model'> => ({
  calls: 0,
  cached: 0,
  lost: 0,
  tokens: { prompt: 0, cachedPrompt: 0, completion: 0, reasoning: 0 },
  cost: 0,
  unpriced: 0,
})
