import type { Domain } from '../contracts/domain.ts'
import { LeapError } from '../contracts/error.ts'
import type { ChatModel } from '../contracts/model.ts'
import type { Panel } from '../contracts/panel.ts'
import { parseModelName } from '../models/model-name.ts'
import { checkDomain } from './check-domain.ts'
import { checkPrompts } from './check-prompts.ts'
import { type ChosenTasks, chooseTasks } from './choose-tasks.ts'
import type { Config } from './config.ts'
import { describeCost } from './describe-cost.ts'
import { describeHosted } from './describe-hosted.ts'
import { estimateCalls } from './estimate-calls.ts'
import { estimateHosted } from './estimate-hosted.ts'
import { modelsOf } from './preflight.ts'
import { findProviderOptions } from './provider-options.ts'
import { promptsFor, rendererFor } from './renderer-for.ts'

/** Share of the actions allowed that an episode takes on average, for estimates only: 18 of 30 in household games. */
const meanShare = 0.6

export interface PlanOptions {
  config: Config
  domain: Domain
  /** Where the games come from, in words. */
  games: string
  directory: string
  /** Folder against which relative paths of the configuration are resolved; this process's if left out. */
  cwd?: string
  /** Opens a model by its name without asking it anything, so that what it lacks (a key, an address) can be said. */
  openNamedModel?: (spec: string, providerOptions?: Readonly<Record<string, unknown>>) => Promise<ChatModel>
}

/** What a run would do, in words with counts, without doing any of it. Throws what the run would throw before its first phase. */
export async function describePlan(options: PlanOptions): Promise<string> {
  const { config, domain, games, directory, cwd } = options
  checkDomain(config, domain)
  checkPrompts(config, domain, cwd)
  const tasks = await chooseTasks(domain.environment, config, domain.panels)
  const { student, corrections, training } = config
  const { students, updates, tokens, episodes } = estimate(config, domain, tasks)
  const agents = domain.baselines?.().length ?? 0
  const calls = await estimateCalls({ config, domain, tasks, prompts: promptsFor(config, domain, cwd) })
  const hosted = await estimateHosted({ config, domain, tasks, renderer: rendererFor(config, domain, cwd), episodes })
  const lines: [string, string][] = [
    ['games', games],
    ['run directory', directory],
    ['demonstrations', demonstrated(config, tasks)],
    ['student', student.checkpoint ?? `random weights, ${student.layers} layers of ${student.hiddenSize}`],
    ['pi_0', `behaviour cloning, ${count(training.cloning.updates, 'update')}`],
    ['teacher', `${describeTeacher(config)}; corrects ${corrections.on} trajectories`],
    ...config.baselines.map(({ react, samples }): [string, string] => [
      'baseline',
      `react ${react}${samples > 1 ? `, ${samples} episodes per game` : ''}`,
    ]),
    ...tasks.rollouts.map((rolledOut, index): [string, string] => [
      `pi_${index + 1}`,
      `roll-outs on ${count(rolledOut.length, 'game')}${mixed(config, index)}, then ${count(training.iteration.updates, 'update')}`,
    ]),
    ['selection', `${panelText(tasks.selection)}${overlap(tasks)}`],
    ...tasks.reported.map((panel): [string, string] => [
      `panel ${panel.name}`,
      `${panelText(panel)} for ${count(students, 'student')}${agents > 0 ? ` and ${count(agents, 'scripted agent')}` : ''}`,
    ]),
    [
      'estimate',
      `${count(updates, 'update')} on ${(tokens / 1e6).toFixed(1)} M tokens; students play ${count(episodes, 'episode')}, about ${count(Math.round(episodes * meanShare * config.maxSteps), 'action')}`,
    ],
    ...describeHosted(config, hosted),
    ...describeCost(config, [...calls, ...(hosted ? [hosted.calls] : [])]),
    ...(await lacking(options)),
  ]
  const width = Math.max(...lines.map(([label]) => label.length))
  return [
    `${config.name}, seed ${config.seed}`,
    ...lines.map(([label, text]) => `${label.padEnd(width)}  ${text}`),
  ].join('\n')
}

/** What the named models lack before they could be asked. */
async function lacking({ config, openNamedModel }: PlanOptions): Promise<[string, string][]> {
  if (!openNamedModel) return []
  const found = new Set<string>()
  for (const spec of new Set([...modelsOf(config).keys(), ...config.baselines.map(({ react }) => react)])) {
    // Its weights would be read.
    if (parseModelName(spec).provider === 'local') continue
    try {
      const model = await openNamedModel(spec, findProviderOptions(config.providerOptions, spec))
      await model.close?.()
    } catch (error) {
      if (!LeapError.is(error)) throw error
      // Two models of a provider lack one key.
      found.add(error.message.split('\n', 1)[0]!)
    }
  }
  return [...found].map((text) => ['still missing', text])
}

function describeTeacher({ teacher: { name, model, level, privilege } }: Config): string {
  const who = model === undefined ? name : model === 'student' ? 'the student itself' : model
  const state = { own: '', none: ' without privilege', 'other-task': " with another task's hidden state" }[privilege]
  return `${who}, privilege level ${level}${state}`
}

/** Students that are judged, updates of all trainings with their tokens, and episodes that students play; controls included. */
function estimate({ iterations, controls, training, teacher }: Config, domain: Domain, tasks: ChosenTasks) {
  const { cloning, iteration } = training
  const chains =
    controls && iterations > 0 ? 1 + Number(domain.teacherPolicy !== undefined && teacher.name === 'planner') : 0
  const students = 2 + iterations + chains
  // A control that starts from the base has no use for what comes before its last training.
  const trainings = iterations + chains * (iteration.from === 'base' ? 1 : iterations)
  const judged = students * tasks.reported.reduce((sum, { taskIds }) => sum + taskIds.length, 0)
  return {
    students,
    updates: cloning.updates + trainings * iteration.updates,
    tokens: cloning.updates * cloning.tokensPerBatch + trainings * iteration.updates * iteration.tokensPerBatch,
    episodes: tasks.rollouts.flat().length + tasks.selection.taskIds.length * (iterations + 1) + judged,
  }
}

function demonstrated({ demonstrations: { games, by, from } }: Config, tasks: ChosenTasks): string {
  if (from !== undefined) return `at most ${count(games, 'game')} imported from ${from}`
  return `${count(tasks.demonstrations.length, 'game')} by ${by}`
}

function mixed({ rollouts: { mix } }: Config, index: number): string {
  const beta = mix[Math.min(index, mix.length - 1)]!
  return beta > 0 ? `, the teacher acting at ${Math.round(100 * beta)} % of the steps` : ''
}

function panelText({ taskIds, hash }: Panel): string {
  return `${count(taskIds.length, 'game')} (${hash})`
}

/** Games on which the best policy is selected and which are reported too: their numbers flatter it. */
function overlap({ selection, reported }: ChosenTasks): string {
  const shown = new Set(reported.flatMap(({ taskIds }) => taskIds))
  const shared = selection.taskIds.filter((id) => shown.has(id)).length
  return shared > 0 ? `, ${shared} of them reported too` : ', none of them reported'
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
}
