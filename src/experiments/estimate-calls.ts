import type { Domain } from '../contracts/domain.ts'
import type { ChatModel, GenerateResult } from '../contracts/model.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { parseModelName } from '../models/model-name.ts'
import { costOf } from '../models/prices/cost.ts'
import { findPrice } from '../models/prices/find-price.ts'
import { estimateTokens } from '../models/wrappers/estimate-tokens.ts'
import type { Prompts } from '../policies/prompts/open-prompts.ts'
import { createReactPolicy } from '../policies/react.ts'
import { createBlindJudge } from '../teachers/llm/judge.ts'
import { createReasonLabeller } from '../teachers/llm/label-reasons.ts'
import { createLlmTeacher } from '../teachers/llm/llm-teacher.ts'
import type { ChosenTasks } from './choose-tasks.ts'
import type { Config } from './config.ts'
import { type SampleTrajectories, sampleTrajectories } from './sample-trajectory.ts'

/** What a model is going to be asked, roughly and at most. */
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

export interface EstimateOptions {
  config: Config
  domain: Domain
  tasks: ChosenTasks
  prompts: Prompts
  signal?: AbortSignal
}

/** Training games that are looked at: sizes differ little between the games of a domain. */
const samples = 3
/** Tokens of a reason, of what stands round it in an answer, of a verdict, and of a hidden state that is read out of a log. */
const reasonTokens = 40
const frameTokens = 30
const verdictTokens = 40
const stateTokens = 250

interface Measured {
  calls: number
  prompt: number
  completion: number
}

/**
 * How many calls and tokens the models of a configuration will need at most: for a decision before money is spent, not for accounting. A few of the run's own training
 * games are opened, and the prompts that the run would send for them are made and counted. Every game is taken to last as long as it may, and every roll-out to need
 * correction; repairs, rewrites and retries are not in it. Throws what the environment throws, and nothing is asked.
 */
export async function estimateCalls({
  config,
  domain,
  tasks,
  prompts,
  signal,
}: EstimateOptions): Promise<EstimatedCalls[]> {
  const { teacher, corrections, demonstrations, baselines, maxSteps } = config
  const byModel = teacher.name === 'llm' && teacher.model !== 'student'
  if (!byModel && demonstrations.labeller === undefined && corrections.checks.judge === 'off' && baselines.length === 0)
    return []
  const pool = (tasks.rollouts[0]?.length ? tasks.rollouts[0] : tasks.demonstrations).slice(0, samples)
  const played: SampleTrajectories[] = []
  for (const task of pool) played.push(await sampleTrajectories(domain, task, { maxSteps, signal }))

  const found: EstimatedCalls[] = []
  const add = async (purpose: string, spec: string, games: number, measure: Measure) => {
    const total = { calls: 0, prompt: 0, completion: 0 }
    for (const one of played) {
      const { calls, prompt, completion } = await measure(one)
      total.calls += (calls * games) / played.length
      total.prompt += (prompt * games) / played.length
      total.completion += (completion * games) / played.length
    }
    if (total.calls === 0) return
    const { provider, model } = parseModelName(spec)
    const id = `${provider}:${model}`
    const price = findPrice(id, config.models.prices)
    const cost = price && costOf({ tokens: total }, price)
    found.push({ purpose, model: id, ...total, cost })
  }

  if (demonstrations.labeller !== undefined)
    await add('labels', demonstrations.labeller, tasks.demonstrations.length, ({ solved }) =>
      listen(async (model) => {
        const unlabelled = solved.steps.map((step) => ({ ...step, reason: '' }))
        await createReasonLabeller({ model, prompts })({ ...solved, steps: unlabelled }, { seed: 0 })
        return unlabelled.length * reasonTokens
      }, 'stop'),
    )
  const rolledOut = tasks.rollouts.flat().length
  if (byModel) {
    const { level, privilege, contextTokens } = teacher
    const mode = teacher.mode ?? 'trajectory'
    const privileged = privilege !== 'none'
    await add('teacher', teacher.model!, rolledOut, ({ longest }) =>
      listen(async (model) => {
        await createLlmTeacher({ model, prompts, level, mode, privileged, contextTokens }).correct(longest, { seed: 0 })
        return answerTokens(longest, mode)
      }),
    )
    if (teacher.state === 'log')
      await add('states', teacher.model!, rolledOut, ({ solved: { instruction, steps } }) =>
        listen(async (model) => {
          const log = steps.map(({ observation, action }) => ({ observation, action }))
          await ask(model, prompts.get('extract-privilege').messages({ instruction, steps: log }))
          return stateTokens
        }),
      )
  }
  if (corrections.checks.judge !== 'off')
    await add('judge', corrections.checks.judgeModel ?? teacher.model!, rolledOut, ({ longest }) =>
      listen(async (model) => {
        const judge = createBlindJudge({ model, prompts })
        for (const [step, { reason, action }] of longest.steps.entries())
          await judge(longest, { step, reason, action }, { seed: 0 })
        return longest.steps.length * verdictTokens
      }),
    )
  const games = tasks.reported.reduce((sum, { taskIds }) => sum + taskIds.length, 0)
  for (const { react, samples: episodes } of baselines)
    await add('react', react, games * episodes, ({ longest }) =>
      listen(async (model) => {
        const policy = createReactPolicy({ name: react, model, prompts })
        const { task, instruction, steps } = longest
        const history = steps.map(({ observation, reason, action }) => ({ observation, reason, action }))
        for (const [index, { observation, candidates }] of steps.entries())
          await policy.act({
            ...{ task, instruction, observation, history: history.slice(0, index), session: 'estimate', seed: 0 },
            ...(candidates ? { candidates } : {}),
          })
        return answerTokens(longest, 'step')
      }),
    )
  return found
}

type Measure = (played: SampleTrajectories) => Promise<Measured>

/**
 * Counts what a model is asked on the way; `work` tells the tokens of the answers. Questions are declined, so that none is asked twice, but for a labeller's, who
 * would ask again after that.
 */
async function listen(
  work: (model: ChatModel) => Promise<number>,
  finishReason: GenerateResult['finishReason'] = 'refusal',
): Promise<Measured> {
  const heard = { calls: 0, prompt: 0 }
  const model: ChatModel = {
    id: 'estimate',
    async generate(request) {
      heard.calls++
      heard.prompt += estimateTokens(request)
      return { text: 'Nothing.', finishReason, tokens: { prompt: 0, completion: 0 } }
    },
  }
  const completion = await work(model)
  return { ...heard, completion }
}

function ask(model: ChatModel, messages: Parameters<ChatModel['generate']>[0]['messages']) {
  return model.generate({ messages, temperature: 0, maxTokens: 1, seed: 0 })
}

/** A whole trajectory's answer copies each action beside its correction. */
function answerTokens({ steps }: Trajectory, mode: 'trajectory' | 'step'): number {
  const actions = steps.reduce((sum, { action }) => sum + Math.ceil(action.length / 4), 0)
  return steps.length * (reasonTokens + frameTokens) + (mode === 'trajectory' ? 2 * actions + 80 : actions)
}
