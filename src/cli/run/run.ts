import { resolve } from 'node:path'
import { stringify } from 'yaml'
import type { Domain } from '../../contracts/domain.ts'
import type { Config } from '../../experiments/config.ts'
import { addExamples, type CliCommand } from '../command.ts'
import { type CliContext, columnsOf, print } from '../context.ts'
import { createProgress } from '../progress/progress.ts'
import { leapVersion } from '../version.ts'

interface RunOptions {
  games?: string
  seed?: string
  out?: string
  set?: string[]
  dryRun?: boolean
  printConfig?: boolean
}

/** `leap run`: the whole loop from a preset or a configuration file. */
export const runCommand: CliCommand<RunOptions> = {
  configure(command) {
    command
      .argument('[config]', 'a preset (quickstart, household, alfworld), or a file: .yaml, .json, .ts', 'quickstart')
      .option('--games <path>', 'folder or archive of official ALFWorld games (default: generated ones)')
      .option('--seed <number>', 'seed of every random draw')
      .option('--out <folder>', 'run directory; a run that is there is resumed (default: runs/<name>)')
      .option('--set <field=value...>', 'change a field of the configuration, for example rollouts.games=200')
      .option('--dry-run', 'print what would be done, with counts and estimates, and stop')
      .option('--print-config', 'print the complete configuration as YAML, and stop')
    addExamples(command, [
      ['leap run', 'the quickstart: generated games, minutes on a laptop, no key'],
      ['leap run quickstart --seed 2 --out runs/second', 'the same with another seed'],
      ['leap run alfworld --games json_2.1.1', 'on the official games'],
      ['leap run quickstart --print-config > my.yaml', 'a configuration to change'],
      ['leap run my.yaml --set teacher.level=5 --dry-run', 'see what a changed field would do'],
      ['leap run examples/llm-teacher.yaml --dry-run', 'a model as teacher: what would it cost?'],
    ])
  },
  async run(context, options, source) {
    const { loadConfig } = await import('../../experiments/load-config.ts')
    const overrides = [
      ...(options.games === undefined ? [] : [`environment.games=${JSON.stringify(options.games)}`]),
      ...(options.seed === undefined ? [] : [`seed=${options.seed}`]),
      ...(options.set ?? []),
    ]
    const config = await loadConfig(source ?? 'quickstart', { cwd: context.cwd, overrides })
    if (options.printConfig) {
      print(context, stringify(config).trimEnd())
      return 0
    }
    const { findBase } = await import('../../experiments/find-base.ts')
    const { remoteBase } = await import('../../experiments/remote-base.ts')
    if (config.student.checkpoint !== undefined && !remoteBase(config)) findBase(config.student.checkpoint, context.cwd)
    const { openDomain } = await import('../../experiments/domains/domains.ts')
    const { domain, source: games } = await openDomain(config, context.cwd)
    const directory = resolve(context.cwd, options.out ?? `runs/${config.name}`)
    try {
      if (options.dryRun) {
        const { describePlan } = await import('../../experiments/describe-plan.ts')
        const openNamedModel = await modelOpener(context, config)
        print(context, await describePlan({ config, domain, games, directory, cwd: context.cwd, openNamedModel }))
      } else await runAll(context, { config, domain, games, directory })
      return 0
    } finally {
      await domain.environment.close()
    }
  },
}

async function runAll(
  context: CliContext,
  { config, domain, games, directory }: { config: Config; domain: Domain; games: string; directory: string },
): Promise<void> {
  const { runExperiment } = await import('../../experiments/run-experiment.ts')
  const { createStudentOpener } = await import('../../experiments/open-student.ts')
  const { readEnvironment } = await import('../../models/keys/read-environment.ts')
  const { createTrainerFactory } = await import('../../experiments/create-trainer.ts')
  const { prepareBase } = await import('../../experiments/prepare-base.ts')
  const { describeResult } = await import('../../report/describe-result.ts')
  const progress = createProgress(context.stderr, { clock: context.clock, style: context.errorStyle })
  const started = context.clock.elapsed()
  const env = await readEnvironment(context)
  const announce = (line: string) => progress.print(line)
  const students = createStudentOpener({
    config,
    directory,
    env,
    clock: context.clock,
    announce,
    signal: context.signal,
  })
  try {
    progress.print(`${config.name}: ${games}; run directory ${directory}`)
    const result = await runExperiment({
      config,
      directory,
      domain,
      games,
      prepareBase: (folder, demonstrations) =>
        prepareBase(folder, { config, domain, demonstrations, cwd: context.cwd, progress, signal: context.signal }),
      openModel: (folder) => students.open(folder),
      openNamedModel: await modelOpener(context, config),
      createTrainer: createTrainerFactory({ config, cwd: context.cwd, env, clock: context.clock, announce }),
      cwd: context.cwd,
      progress,
      signal: context.signal,
      leapVersion: leapVersion(),
      clock: context.clock,
    })
    progress.stop()
    print(context, describeResult(result, { width: columnsOf(context), seed: config.seed }))
    print(
      context,
      `\n${minutes(context.clock.elapsed() - started)} in this session. All of it is in ${directory}; look into it with: leap show ${directory}`,
    )
  } finally {
    progress.stop()
    await students.close()
  }
}

/** Opens models by name, with keys from the environment or .env. */
async function modelOpener(context: CliContext, { models }: Config) {
  const { openModel } = await import('../../models/open-model.ts')
  const { readEnvironment } = await import('../../models/keys/read-environment.ts')
  const env = await readEnvironment(context)
  return (spec: string, providerOptions?: Readonly<Record<string, unknown>>) =>
    openModel(spec, {
      ...{ env, cwd: context.cwd, baseUrl: models.baseUrl },
      ...(providerOptions ? { providerOptions } : {}),
    })
}

function minutes(milliseconds: number): string {
  return `${(milliseconds / 60_000).toFixed(1)} minutes`
}
