import type { Config } from '../../experiments/config.ts'
import type { OpenedDomain } from '../../experiments/domains/domains.ts'

/** Opens the environment of a configuration with what comes with it (agents, teacher). */
export type OpenDomain = (config: Config, cwd: string) => Promise<OpenedDomain>

/** Any environment that Leap knows. */
export const openDomain: OpenDomain = async (config, cwd) =>
  (await import('../../experiments/domains/domains.ts')).openDomain(config, cwd)
