import type { Config } from './config.ts'
import type { HostedEstimate } from './estimate-hosted.ts'

/** What the trainings by a service will cost, as labelled lines; none without such trainings. */
export function describeHosted(
  { training: { hosted }, student: { checkpoint = '' } }: Config,
  estimate: HostedEstimate | undefined,
): [string, string][] {
  if (estimate === undefined || hosted === undefined) return []
  const { epochs, pricePerMillionTokens, budget } = hosted
  const passes = epochs === undefined ? 'a pass (the service chooses how many)' : `in ${epochs} passes`
  const lines = estimate.trainings.map(({ policy, rows, tokens, cost }): [string, string] => [
    `training, ${policy}`,
    `${checkpoint.replace('hosted:', '')}: at most about ${whole(rows)} rows, ${whole(tokens)} tokens ${passes}, ${cost === undefined ? 'price unknown' : `$${cost.toFixed(2)}`}`,
  ])
  const total = estimate.trainings.reduce((sum, { cost = 0 }) => sum + cost, 0)
  const sum =
    pricePerMillionTokens === undefined
      ? 'not known (set training.hosted.pricePerMillionTokens)'
      : `at most about $${total.toFixed(2)}${epochs === undefined ? ' a pass' : ''}`
  const limit =
    budget === undefined
      ? 'no budget is set (training.hosted.budget)'
      : `a training above $${budget.toFixed(2)} is not started`
  return [...lines, ['trainings', `${sum}; ${limit}`]]
}

const whole = (count: number) => Math.ceil(count).toLocaleString('en')
