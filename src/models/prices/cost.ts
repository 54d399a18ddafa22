import type { GenerateRequest, GenerateResult } from '../../contracts/model.ts'
import { mostTokens } from '../wrappers/estimate-tokens.ts'
import type { Price } from './find-price.ts'

/** What an answer cost, in US dollars. */
export function costOf({ tokens, usage }: Pick<GenerateResult, 'tokens' | 'usage'>, price: Price): number {
  const cached = Math.min(usage?.cachedPrompt ?? 0, tokens.prompt)
  const { prompt, completion, cachedPrompt = prompt } = price
  return ((tokens.prompt - cached) * prompt + cached * cachedPrompt + tokens.completion * completion) / 1e6
}

/** The most that a call can cost, in US dollars: a token per byte of the prompt, and every completion token that it allows. */
export function mostCost(request: Pick<GenerateRequest, 'messages' | 'schema' | 'maxTokens'>, price: Price): number {
  return costOf({ tokens: { prompt: mostTokens(request), completion: request.maxTokens } }, price)
}

/** About what so many calls will cost, in US dollars, for the estimate before a run. Token counts are of one call. */
export function estimateCost(plan: { calls: number; prompt: number; completion: number }, price: Price): number {
  return plan.calls * costOf({ tokens: plan }, price)
}
