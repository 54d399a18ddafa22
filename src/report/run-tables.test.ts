import { describe, expect, it } from 'vitest'
import { countChecks } from '../corrections/check-counts.ts'
import { checksTable } from './checks-table.ts'
import { spendingTable } from './spending-table.ts'

const summary = { ...countChecks([]), trajectories: 3, failed: 0 }

describe('the table of checks', () => {
  it('has a row per iteration, with what was found, rewritten and dropped', () => {
    const found = { unavailable: 1, leak: 7, hint: 2, mention: 0, unjustified: 0 }
    const counts = { received: 90, kept: 80, corrected: 60, dropped: { leak: 4, malformed: 6 } }
    const rewritten = { leak: { asked: 11, kept: 7 } }
    const text = checksTable([{ iteration: 1, summary: { ...summary, ...counts, found, rewritten } }], {
      format: 'markdown',
    })
    expect(text).toContain('| 1 | 90 | 80 | 60 | 1 | 7 | 2 | 0 | 7 of 11 leak | 4 leak<br>6 malformed |')
    expect(text).not.toContain('surprise')
    expect(checksTable([])).toBe('')
  })

  it('shows what models said where they were asked', () => {
    const asked = {
      ...summary,
      dropped: { surprise: 2 },
      surprise: { measured: 10, nats: 25 },
      judged: { shown: 8, unreadable: 1 },
      found: { ...summary.found, unjustified: 3 },
    }
    const text = checksTable([{ iteration: 2, summary: asked }], { format: 'markdown' })
    expect(text).toContain('2.50 nats, 2 too much | 3 of 8, 1 unreadable')
  })
})

describe('the table of spending', () => {
  const row = {
    phase: 'corrections-1',
    model: 'openai:gpt-4o',
    calls: 1200,
    cached: 3,
    lost: 0,
    tokens: { prompt: 5_000_000, cachedPrompt: 0, completion: 100_000, reasoning: 0 },
    cost: 13.5,
    unpriced: 0,
  }
  it('says what is not known instead of counting it as nothing', () => {
    const text = spendingTable([row, { ...row, model: 'openai-compatible:x', cost: 0, unpriced: 1200 }], {
      format: 'markdown',
    })
    expect(text).toContain('| corrections-1 | openai:gpt-4o | 1,200 | 3 | 5,000,000 | 100,000 | 13.5000 |')
    expect(text).toContain('| price unknown |')
    expect(text).toContain('in all $13.5000 and what is not priced.')
    expect(spendingTable([])).toBe('')
  })
})
