import { describe, expect, it } from 'vitest'
import { ask } from '../testing/fake-model.ts'
import { costOf, estimateCost, mostCost } from './cost.ts'
import { builtInPrices, findPrice, priceTableSchema, requirePrice } from './find-price.ts'

describe('findPrice', () => {
  it('knows a model by its name and by its dated versions, and no other', () => {
    const mini = builtInPrices.prices['openai:gpt-4o-mini']
    expect(findPrice('openai:gpt-4o-mini')).toEqual(mini)
    expect(findPrice('openai:gpt-4o-mini-2024-07-18')).toEqual(mini)
    expect(findPrice('anthropic:claude-sonnet-4-5-20250929')).toEqual(
      builtInPrices.prices['anthropic:claude-sonnet-4-5'],
    )
    expect(findPrice('google:gemini-2.0-flash-001')).toEqual(builtInPrices.prices['google:gemini-2.0-flash'])
    expect(findPrice('openai:gpt-4o-2024-05-13')).toEqual({ prompt: 5, completion: 15 })
    for (const unknown of [
      'openai:gpt-4o-audio-preview',
      'openai:gpt-4o-mini-tts',
      'openai-compatible:gpt-4o',
      'openai:ft:gpt-4o:x',
      'openai:constructor',
    ])
      expect(findPrice(unknown)).toBeUndefined()
  })

  it('has everything that runs on one’s own machine free, and what the user says before the table', () => {
    expect(findPrice('local:runs/a/pi_1')).toMatchObject({ prompt: 0, completion: 0 })
    const own = { 'openai:gpt-4o': { prompt: 1, completion: 2 }, 'openai-compatible:*': { prompt: 3, completion: 4 } }
    expect(findPrice('openai:gpt-4o-2024-08-06', own)).toEqual({ prompt: 1, completion: 2 })
    expect(findPrice('openai-compatible:anything', own)).toEqual({ prompt: 3, completion: 4 })
  })

  it('says what to set where a price is needed', () => {
    expect(() => requirePrice('openai:gpt-99')).toThrow(
      expect.objectContaining({ code: 'PRICE_UNKNOWN', remedy: expect.stringContaining('"openai:gpt-99"') }),
    )
  })

  it('refuses tables with names or numbers that mean nothing', () => {
    expect(priceTableSchema.safeParse({ 'gpt-4o': { prompt: 1, completion: 1 } }).success).toBe(false)
    expect(priceTableSchema.safeParse({ 'openai:x': { prompt: -1, completion: 1 } }).success).toBe(false)
    expect(priceTableSchema.safeParse({ 'openai:x': { prompt: 1, completion: 1, cached: 0 } }).success).toBe(false)
  })
})

describe('costs', () => {
  const price = { prompt: 2, cachedPrompt: 0.5, completion: 10 }

  it('are those of the tokens, with what came from the cache at its own price', () => {
    expect(costOf({ tokens: { prompt: 1_000_000, completion: 100_000 } }, price)).toBeCloseTo(3, 12)
    expect(
      costOf({ tokens: { prompt: 1_000_000, completion: 0 }, usage: { cachedPrompt: 400_000 } }, price),
    ).toBeCloseTo(1.4, 12)
    expect(
      costOf({ tokens: { prompt: 100, completion: 0 }, usage: { cachedPrompt: 100 } }, { prompt: 2, completion: 1 }),
    ).toBeCloseTo(2e-4, 12)
    expect(estimateCost({ calls: 1000, prompt: 1000, completion: 100 }, price)).toBeCloseTo(3, 12)
  })

  it('are never more than the worst case that is set aside', () => {
    // The most tokens there can be: one a byte, and all of the completion.
    const request = ask('日本語 and words', { maxTokens: 30 })
    const tokens = { prompt: Buffer.byteLength(request.messages[0]!.content) + 16, completion: 30 }
    expect(mostCost(request, price)).toBeGreaterThanOrEqual(costOf({ tokens }, price))
  })
})
