import { parseModelName } from '../models/model-name.ts'
import { estimateCost } from '../models/prices/cost.ts'
import { findPrice } from '../models/prices/find-price.ts'
import type { ChosenTasks } from './choose-tasks.ts'
import type { Config } from './config.ts'

/** What a model is going to be asked, roughly. */
export interface EstimatedCalls {
  purpose: string
  /** `provider:model`, without an address. */
  model: string
  calls: number
  /** Tokens of all calls together. */
  prompt: number
  completion: number
  /** US dollars; undefined where nobody knows the price. */
  cost: number | undefined
}

/** Steps of an episode on average. */
const meanSteps = 18
/** Tokens of one turn in a prompt: observation, candidates, reason and action; and of its hidden state. */
const turn = 240
const hiddenState = 150
/** Tokens of a prompt's instructions, and of one reason with its action in an answer. */
const frame = 700
const answer = 90

/**
 * How many calls and tokens the models of a configuration will need: for a decision before money is spent, not for accounting. Household games of about 18 steps are assumed;
 * repairs, rewrites and retries are not in it.
 */
export function estimateCalls(config: Config, tasks: ChosenTasks): EstimatedCalls[] {
  const { teacher, corrections, demonstrations, baselines } = config
  const rolledOut = tasks.rollouts.flat().length
  const found: EstimatedCalls[] = []
  const add = (purpose: string, spec: string, calls: number, one: { prompt: number; completion: number }) => {
    if (calls === 0) return
    const { provider, model } = parseModelName(spec)
    const id = `${provider}:${model}`
    const price = findPrice(id, config.models.prices)
    found.push({
      purpose,
      model: id,
      calls,
      prompt: calls * one.prompt,
      completion: calls * one.completion,
      cost: price && estimateCost({ calls, ...one }, price),
    })
  }
  const step = { prompt: frame + turn + (meanSteps / 2) * 50, completion: answer }
  if (demonstrations.labeller !== undefined)
    add('labels', demonstrations.labeller, tasks.demonstrations.length * meanSteps, { ...step, completion: 40 })
  if (teacher.name === 'llm' && teacher.model !== 'student') {
    const shown = teacher.privilege === 'none' ? 0 : hiddenState
    const whole = { prompt: frame + meanSteps * (turn + shown), completion: meanSteps * answer + 80 }
    const isStepwise = teacher.mode === 'step'
    add(
      'teacher',
      teacher.model!,
      isStepwise ? rolledOut * meanSteps : rolledOut,
      isStepwise ? { ...step, prompt: step.prompt + shown } : whole,
    )
    if (teacher.state === 'log') add('states', teacher.model!, rolledOut, { prompt: frame + 12 * 60, completion: 250 })
  }
  if (corrections.checks.judge !== 'off')
    add('judge', corrections.checks.judgeModel ?? teacher.model!, rolledOut * meanSteps, { ...step, completion: 40 })
  const games = tasks.reported.reduce((sum, { taskIds }) => sum + taskIds.length, 0)
  for (const { react, samples } of baselines)
    add(`react`, react, games * samples * meanSteps, { ...step, prompt: step.prompt + (meanSteps / 2) * 40 })
  return found
}
