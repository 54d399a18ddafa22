import type { Policy } from '../../contracts/policy.ts'
import { compareEvaluations } from '../../evaluation/compare.ts'
import type { Evaluation } from '../../evaluation/evaluation.ts'
import { resolvePanel } from '../../evaluation/panel.ts'
import { percent, pValue, signed } from '../../report/format.ts'
import { resultTable } from '../../report/table.ts'
import { addExamples, type CliCommand } from '../command.ts'
import { type CliContext, columnsOf, print } from '../context.ts'
import { addGamesOptions, type GamesOptions } from '../games/games-options.ts'
import { type OpenDomain, openDomain } from '../games/open-domain.ts'
import { openTasks } from '../games/open-tasks.ts'
import { nonNegativeNumber, wholeNumber } from '../options/number-option.ts'
import { type ResolvePolicyOptions, resolvePolicy } from '../policies/resolve-policy.ts'
import { createProgress } from '../progress/progress.ts'
import { sanitizeLine } from '../text/sanitize.ts'
import { wrap } from '../text/wrap.ts'
import { choosePanel } from './choose-panel.ts'
import { evaluatePolicy } from './evaluate-policy.ts'

interface EvalOptions extends GamesOptions {
  count?: number
  panel?: string
  maxSteps?: number
  samples: number
  temperature: number
  /** commander's form of `--unconstrained` */
  unconstrained?: boolean
  concurrency: number
  json?: boolean
}

/** `leap eval`: judges policies on a frozen panel of tasks. */
export function createEvalCommand(
  open: OpenDomain,
  models: Pick<ResolvePolicyOptions, 'openModel'> = {},
): CliCommand<EvalOptions> {
  return {
    configure(command) {
      command.argument(
        '<policy...>',
        'checkpoint folders, or scripted agents of the environment (any other name lists them)',
      )
      addGamesOptions(command)
        .option('--count <number>', 'sample so many tasks of the split (default: all)', wholeNumber(1))
        .option(
          '--panel <file>',
          'judge on the panel of a run: <run>/panels/<name>.json; instead of --split and --count',
        )
        .option(
          '--max-steps <number>',
          'actions until an episode is lost (default: as in the configuration; alfworld 30, webshop 15, intercode 10)',
          wholeNumber(1),
        )
        .option('--samples <number>', 'episodes per task', wholeNumber(1), 1)
        .option('--temperature <number>', 'of checkpoints; 0 = always the likeliest', nonNegativeNumber, 0)
        .option('--unconstrained', 'let a checkpoint write any action, not only the listed ones')
        .option('--concurrency <number>', 'episodes at once; does not change the result', wholeNumber(1), 128)
        .option('--json', 'print the evaluations as data')
      addExamples(command, [
        ['leap eval systematic informed --count 100', 'two scripted agents on 100 games, compared'],
        ['leap eval runs/quickstart/checkpoints/pi_1', 'a student on all games of valid_unseen'],
        ['leap eval careful hasty --environment webshop', 'two shoppers, by score and its parts'],
        [
          'leap eval runs/webshop/checkpoints/pi_2 --panel runs/webshop/panels/test.json',
          "a student of another environment, on its run's panel",
        ],
      ])
    },
    async run(context, options, ...values) {
      // A variadic argument arrives as one list.
      const names = [...new Set(values.flat())]
      const opened = await openTasks(open, options, { cwd: context.cwd, panel: options.panel, checkpoints: names })
      const { domain, config, split, maxSteps, seed } = opened
      const { rendererFor } = await import('../../experiments/renderer-for.ts')
      const progress = createProgress(context.stderr, { clock: context.clock, style: context.errorStyle })
      const evaluations: Evaluation[] = []
      try {
        const panel = await choosePanel(domain.environment, { ...options, split, seed, cwd: context.cwd })
        const tasks = await resolvePanel(domain.environment, panel)
        const resolved = await resolveAll(names, {
          ...{ domain, cwd: context.cwd, temperature: options.temperature, constrained: !options.unconstrained },
          renderer: rendererFor(config, domain, context.cwd),
          ...models,
        })
        try {
          for (const { policy } of resolved)
            evaluations.push(
              await evaluatePolicy(context, progress, { ...options, domain, policy, panel, tasks, maxSteps, seed }),
            )
        } finally {
          await Promise.all(resolved.map(({ close }) => close()))
        }
      } finally {
        progress.stop()
        await domain.environment.close()
      }
      if (options.json) print(context, JSON.stringify(evaluations, null, 2))
      else printResult(context, evaluations, seed)
      return 0
    },
  }
}

export const evalCommand = createEvalCommand(openDomain)

/** All of them before the first is rolled out, so that a mistyped name costs no time. */
async function resolveAll(
  names: readonly string[],
  options: ResolvePolicyOptions,
): Promise<{ policy: Policy; close(): Promise<void> }[]> {
  const resolved: { policy: Policy; close(): Promise<void> }[] = []
  try {
    for (const name of names) resolved.push(await resolvePolicy(name, options))
    return resolved
  } catch (error) {
    await Promise.all(resolved.map(({ close }) => close()))
    throw error
  }
}

function printResult(context: CliContext, evaluations: readonly Evaluation[], seed: number): void {
  const { dim } = context.style
  const [first, ...others] = evaluations
  // Cells of policy names come from the command line; the table itself makes them safe to print.
  print(context, resultTable(evaluations, { width: columnsOf(context) }))
  for (const { policy, behaviour } of evaluations)
    if (behaviour.inadmissible > 0)
      print(
        context,
        dim(`${sanitizeLine(policy)}: ${percent(behaviour.inadmissible)} % of its actions were not possible`),
      )
  for (const other of others)
    for (const part of wrap(describeComparison(first!, other, seed), columnsOf(context))) print(context, part)
}

function describeComparison(first: Evaluation, other: Evaluation, seed: number): string {
  const { difference, criterion, pValue: p, onlyFirst, onlySecond } = compareEvaluations(first, other, { seed })
  const change = ({ mean, low, high }: typeof difference, factor: number) =>
    `${signed(factor * mean)} points [${signed(factor * low)}, ${signed(factor * high)}]`
  const measured = criterion === undefined ? '' : `${change(criterion.difference, 1)} of ${criterion.name}; success `
  return `${sanitizeLine(other.policy)} against ${sanitizeLine(first.policy)}: ${measured}${change(difference, 100)}; wins ${onlySecond} tasks that the other loses, loses ${onlyFirst} that it wins (McNemar p ${pValue(p)})`
}
