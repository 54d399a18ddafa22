import type { Domain } from '../../contracts/domain.ts'
import type { Config } from '../../experiments/config.ts'
import type { ConfigPlaces } from './choose-config.ts'
import type { GamesOptions } from './games-options.ts'
import type { OpenDomain } from './open-domain.ts'

/** The tasks that a command works on. */
export interface OpenedTasks {
  domain: Domain
  config: Config
  split: string
  /** Actions until an episode is lost. */
  maxSteps: number
  seed: number
  /** The options that lead to the same tasks again. */
  again: string[]
}

/** Opens the environment that the options name; split, step limit and seed are the configuration's where they are not given. */
export async function openTasks(
  open: OpenDomain,
  options: GamesOptions & { maxSteps?: number },
  places: ConfigPlaces,
): Promise<OpenedTasks> {
  const { chooseConfig } = await import('./choose-config.ts')
  const { config, again } = await chooseConfig(options, places)
  const { domain } = await open(config, places.cwd)
  return {
    domain,
    config,
    split: options.split ?? defaultSplit(domain),
    maxSteps: options.maxSteps ?? config.maxSteps,
    seed: config.seed,
    again,
  }
}

function defaultSplit({ environment: { splits }, panels }: Domain): string {
  const usual = splits.includes('valid_unseen') ? 'valid_unseen' : splits.at(-1)!
  return panels?.reported[0]?.split ?? usual
}
