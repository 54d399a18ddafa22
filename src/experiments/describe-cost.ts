import { builtInPrices } from '../models/prices/find-price.ts'
import type { Config } from './config.ts'
import type { EstimatedCalls } from './estimate-calls.ts'

/** The estimate as labelled lines, with the budget beside it. */
export function describeCost(
  { models, teacher, maxSteps }: Config,
  estimates: readonly EstimatedCalls[],
): [string, string][] {
  if (estimates.length === 0)
    return [
      [
        'cost',
        `nothing: student and ${teacher.model === 'student' ? 'itself as teacher' : 'teacher'} run on this machine`,
      ],
    ]
  const lines = estimates.map(({ purpose, model, calls, prompt, completion, cost }): [string, string] => [
    `calls, ${purpose}`,
    `${model}: at most about ${whole(calls)}, ${millions(prompt)} + ${millions(completion)} tokens, ${dollars(cost)}`,
  ])
  const unknown = estimates.filter(({ cost }) => cost === undefined)
  const known = estimates.reduce((sum, { cost = 0 }) => sum + cost, 0)
  const total =
    unknown.length === 0
      ? `at most about ${dollars(known)} by the prices of ${builtInPrices.asOf} and the configuration, if every episode lasts ${maxSteps} actions and every roll-out needs correction; repairs and rewrites are extra`
      : `${known > 0 ? `${dollars(known)} and more: ` : ''}the price of ${unknown.map(({ model }) => model).join(', ')} is not known (set models.prices)`
  const budget =
    models.budget === undefined
      ? 'no budget is set (models.budget)'
      : `it stops before it spends more than ${dollars(models.budget)}`
  return [...lines, ['cost', `${total}; ${budget}`]]
}

const whole = (count: number) => Math.round(count).toLocaleString('en')
const millions = (tokens: number) => (tokens < 1e5 ? whole(tokens) : `${(tokens / 1e6).toFixed(1)} M`)
const dollars = (cost: number | undefined) => (cost === undefined ? 'price unknown' : `$${cost.toFixed(2)}`)
