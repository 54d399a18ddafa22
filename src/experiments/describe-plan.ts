import type { Domain } from '../contracts/domain.ts'
import { chooseTasks } from './choose-tasks.ts'
import type { Config } from './config.ts'

/** Steps that an episode takes on average, for estimates only. */
const meanSteps = 18

/** What a run would do, in words with counts, without doing any of it. */
export async function describePlan({
  config,
  domain,
  games,
  directory,
}: {
  config: Config
  domain: Domain
  games: string
  directory: string
}): Promise<string> {
  const { demonstrations, rollouts, selection, reported } = await chooseTasks(domain.environment, config)
  const { cloning, iteration } = config.training
  const students = 2 + config.iterations + (config.controls && config.iterations > 0 ? 2 : 0)
  const chains = config.controls ? 3 : 1
  const updates = cloning.updates + chains * config.iterations * iteration.updates
  const tokens =
    cloning.updates * cloning.tokensPerBatch + chains * config.iterations * iteration.updates * iteration.tokensPerBatch
  const played =
    rollouts.reduce((sum, tasks) => sum + tasks.length, 0) +
    selection.taskIds.length * (config.iterations + 1) +
    students * reported.reduce((sum, panel) => sum + panel.taskIds.length, 0)
  const lines = [
    `${config.name}: ${games}, seed ${config.seed}`,
    `run directory    ${directory}`,
    `demonstrations   ${demonstrations.length} games`,
    `student          ${config.student.checkpoint ?? `random weights, ${config.student.layers} layers of ${config.student.hiddenSize}`}`,
    `teacher          ${config.teacher.name}, privilege level ${config.teacher.level}; corrects ${config.corrections.on === 'failed' ? 'failed' : 'all'} trajectories`,
    ...rollouts.map(
      (tasks, index) =>
        `iteration ${index + 1}      roll-outs on ${tasks.length} games, then ${iteration.updates} updates`,
    ),
    `selection        ${selection.taskIds.length} games (${selection.hash})`,
    ...reported.map(
      ({ name, taskIds, hash }) =>
        `panel ${name.padEnd(10)} ${taskIds.length} games (${hash}), ${students} students${domain.baselines ? ` and ${domain.baselines().length} scripted agents` : ''}`,
    ),
    `estimate         ${updates} updates on ${(tokens / 1e6).toFixed(1)} M tokens; students play ${played} episodes, about ${Math.round((played * meanSteps) / 1000)},000 actions`,
    'cost             nothing: student and teacher run on this machine',
  ]
  return lines.join('\n')
}
