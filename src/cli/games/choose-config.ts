import { basename, dirname, resolve } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import { panelSchema } from '../../contracts/panel.ts'
import { type Config, configSchema } from '../../experiments/config.ts'
import { describeConfigIssues } from '../../experiments/describe-config-issues.ts'
import { environmentNames } from '../../experiments/domains/domains.ts'
import { loadConfig } from '../../experiments/load-config.ts'
import { overrideConfig } from '../../experiments/override-config.ts'
import { presets } from '../../experiments/presets/presets.ts'
import { manifestSchema } from '../../runs/manifest.ts'
import { readJsonFile } from '../../runs/read-json-file.ts'
import { runPaths } from '../../runs/run-paths.ts'
import { defaultRunsFolder, isRun } from '../runs/find-run.ts'
import type { GamesOptions } from './games-options.ts'

export interface ChosenConfig {
  config: Config
  /** The options that lead to the same tasks again, for example `--environment webshop --seed 3`. */
  again: string[]
}

/** Where a command line points at an environment without naming it. */
export interface ConfigPlaces {
  cwd: string
  /** File of a frozen panel. */
  panel?: string | undefined
  /** Names of policies, some of which may be checkpoint folders. */
  checkpoints?: readonly string[]
}

/**
 * The configuration whose environment a command works on: the one that is named; else that of the run in which the panel or
 * a checkpoint lies; else that of the environment a panel was frozen in; else the household games. Throws as {@link loadConfig}.
 */
export async function chooseConfig(
  options: GamesOptions,
  { cwd, panel, checkpoints = [] }: ConfigPlaces,
): Promise<ChosenConfig> {
  const { environment, config, games, seed, text, set = [] } = options
  const overrides = [
    ...(games === undefined ? [] : [`environment.games=${JSON.stringify(games)}`]),
    ...(seed === undefined ? [] : [`seed=${seed}`]),
    ...(text === undefined ? [] : [`environment.text="${text}"`]),
    ...set,
  ]
  const changed = [
    ...(games === undefined ? [] : ['--games', games]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...(text === undefined ? [] : ['--text', text]),
    ...set.flatMap((field) => ['--set', field]),
  ]
  if (environment !== undefined) {
    const own = environment === 'alfworld' ? [] : ['--environment', environment]
    return { config: await configOf(environment, overrides, cwd), again: [...own, ...changed] }
  }
  if (config !== undefined)
    return { config: await named(config, overrides, cwd), again: ['--config', config, ...changed] }
  for (const path of [...(panel === undefined ? [] : [panel]), ...checkpoints]) {
    const run = runAround(resolve(cwd, path))
    if (run !== undefined) return { config: await configOfRun(run, overrides), again: ['--config', run, ...changed] }
  }
  const frozenIn = panel === undefined ? undefined : await environmentOfPanel(resolve(cwd, panel))
  const own = frozenIn === undefined || frozenIn === 'alfworld' ? [] : ['--environment', frozenIn]
  return { config: await configOf(frozenIn ?? 'alfworld', overrides, cwd), again: [...own, ...changed] }
}

/** The preset that comes nearest, with the environment of this name. */
function configOf(environment: string, overrides: readonly string[], cwd: string): Promise<Config> {
  const family = environment.split('-', 1)[0]!
  // The preset `alfworld` is on official games alone.
  const preset = family !== 'alfworld' && Object.hasOwn(presets, family) ? family : 'quickstart'
  return loadConfig(preset, { cwd, overrides: [`environment.name=${JSON.stringify(environment)}`, ...overrides] })
}

function named(config: string, overrides: readonly string[], cwd: string): Promise<Config> {
  const folders = [resolve(cwd, config), resolve(cwd, defaultRunsFolder, config)]
  const run = Object.hasOwn(presets, config) ? undefined : folders.find(isRun)
  return run === undefined ? loadConfig(config, { cwd, overrides }) : configOfRun(run, overrides)
}

async function configOfRun(run: string, overrides: readonly string[]): Promise<Config> {
  const { manifest } = runPaths(run)
  const value: Record<string, unknown> = structuredClone((await readJsonFile(manifest, manifestSchema))!.config)
  for (const override of overrides) overrideConfig(value, override)
  const parsed = configSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new LeapError({
    code: 'CONFIG_INVALID',
    message: `${manifest}: its configuration is not as expected\n${describeConfigIssues(parsed.error, value, () => '')
      .map((issue) => `  ${issue}`)
      .join('\n')}`,
    remedy: 'Name the environment yourself: --environment webshop, or --config <file>.',
    cause: parsed.error,
  })
}

/** The run that holds `<run>/checkpoints/<policy>` or `<run>/panels/<panel>.json`. */
function runAround(path: string): string | undefined {
  const parent = dirname(path)
  const isPart = ['checkpoints', 'panels'].includes(basename(parent))
  return isPart && isRun(dirname(parent)) ? dirname(parent) : undefined
}

/** One that only a module knows cannot be opened by its name. */
async function environmentOfPanel(path: string): Promise<string | undefined> {
  const panel = await readJsonFile(path, panelSchema)
  return environmentNames.find((name) => name === panel?.environment)
}
