import type { Domain } from '../contracts/domain.ts'
import type { DatasetExample } from '../contracts/example.ts'
import type { Renderer } from '../contracts/renderer.ts'
import { demonstrationExamples } from '../datasets/demonstration-examples.ts'
import { costOf } from '../models/prices/cost.ts'
import { findPrice } from '../models/prices/find-price.ts'
import { estimateTokens, openaiLines } from '../training/hosted/openai-lines.ts'
import type { ChosenTasks } from './choose-tasks.ts'
import type { Config } from './config.ts'
import type { EstimatedCalls } from './estimate-calls.ts'
import { sampleTrajectories } from './sample-trajectory.ts'

/** What a service is going to train, at most. */
export interface EstimatedTraining {
  policy: string
  rows: number
  /** Of all passes; of one, where the service chooses how many. */
  tokens: number
  /** US dollars; undefined where nobody has said the price. */
  cost: number | undefined
}

export interface HostedEstimate {
  trainings: EstimatedTraining[]
  /** The students' own answers, which the service sells too. */
  calls: EstimatedCalls
}

export interface EstimateHostedOptions {
  config: Config
  domain: Domain
  tasks: ChosenTasks
  renderer: Renderer
  /** Episodes that students will play. */
  episodes: number
}

/** Training games that are looked at: sizes differ little between the games of a domain. */
const samples = 3
/** A correction has about as many characters more than the sample's reason, at most. */
const margin = 1.25

/**
 * Rows and tokens that the trainings of a configuration will have with a service, and what its models will be asked: for a decision before money is spent. A few training games
 * are opened and their rows made. Every demonstration is taken to succeed, every game to last as long as it may, and every roll-out to be corrected. Undefined for other trainers.
 */
export async function estimateHosted(options: EstimateHostedOptions): Promise<HostedEstimate | undefined> {
  const { config, domain, tasks, episodes } = options
  const { hosted, iteration } = config.training
  if (hosted === undefined) return undefined
  const { solved, longest } = await measureRows(options)
  const perGame = Math.min(longest.rows, config.corrections.perTrajectory ?? longest.rows)
  const correction = longest.tokens / longest.rows
  // A pair has a second answer.
  const answers = iteration.rule === 'dpo' ? longest.answer : 0

  const demonstrations = tasks.demonstrations.length
  const base = { rows: demonstrations * solved.rows, tokens: demonstrations * solved.tokens }
  const corrected = tasks.rollouts.map(({ length }) => ({
    rows: length * perGame,
    tokens: length * perGame * (correction + answers) * margin,
  }))
  const add = (parts: readonly { rows: number; tokens: number }[]) => ({
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    tokens: parts.reduce((sum, { tokens }) => sum + tokens, 0),
  })
  const union = (count: number) => add([base, ...corrected.slice(0, count)])
  const passes = hosted.epochs ?? 1
  const training = (policy: string, { rows, tokens }: { rows: number; tokens: number }): EstimatedTraining => ({
    ...{ policy, rows, tokens: tokens * passes },
    cost:
      hosted.pricePerMillionTokens === undefined ? undefined : (tokens * passes * hosted.pricePerMillionTokens) / 1e6,
  })
  const trainings = [
    training('pi_0', base),
    ...corrected.map((own, index) => training(`pi_${index + 1}`, iteration.rule === 'sft' ? union(index + 1) : own)),
  ]
  if (config.controls && corrected.length > 0) {
    const counted = iteration.from === 'base' ? [corrected.length] : corrected.map((_, index) => index + 1)
    trainings.push(training('bc-more', add(counted.map(() => base))))
    if (domain.teacherPolicy && config.teacher.name === 'planner')
      trainings.push(training('bc-teacher', add(counted.map(union))))
  }
  return { trainings, calls: studentCalls(config, episodes, longest) }
}

interface Rows {
  rows: number
  /** Of prompts and answers together, and of one answer. */
  tokens: number
  answer: number
}

/** The rows of one game, on average: as its solution leaves them, and as the longest game does. */
async function measureRows({ config, domain, tasks, renderer }: EstimateHostedOptions) {
  const pool = (tasks.rollouts[0]?.length ? tasks.rollouts[0] : tasks.demonstrations).slice(0, samples)
  const solved: DatasetExample[] = []
  const longest: DatasetExample[] = []
  for (const task of pool) {
    const played = await sampleTrajectories(domain, task, { maxSteps: config.maxSteps })
    solved.push(...demonstrationExamples([played.solved], renderer))
    longest.push(...demonstrationExamples([played.longest], renderer))
  }
  const measure = (rows: readonly DatasetExample[]): Rows => ({
    rows: rows.length / pool.length,
    tokens: estimateTokens(openaiLines({ rule: 'sft', examples: rows })) / pool.length,
    answer: rows.reduce((sum, { completion }) => sum + completion.length / 4, 0) / rows.length,
  })
  return { solved: measure(solved), longest: measure(longest) }
}

function studentCalls({ student, models, maxSteps }: Config, episodes: number, longest: Rows): EstimatedCalls {
  const model = student.checkpoint ?? 'hosted:student'
  const calls = episodes * maxSteps
  const completion = calls * longest.answer
  const prompt = episodes * longest.tokens - completion
  const price = findPrice(model, models.prices)
  const cost = price && costOf({ tokens: { prompt, completion } }, price)
  return { purpose: 'students', model, calls, prompt, completion, cost }
}
