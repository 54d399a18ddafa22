import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Domain } from '../../contracts/domain.ts'
import { LeapError } from '../../contracts/error.ts'
import type { Config } from '../config.ts'
import { openAlfworldDomain } from './alfworld.ts'

export interface OpenedDomain {
  domain: Domain
  /** Where the tasks come from, in words, for the manifest. */
  source: string
}

/** The domains that come with Leap: a new one is one file and one entry here. */
const domains: Record<string, (config: Config, cwd: string) => Promise<OpenedDomain>> = {
  async alfworld({ environment, seed }, cwd) {
    const { games, text, generated } = environment
    const path = games === undefined ? undefined : resolve(cwd, games)
    const domain = await openAlfworldDomain({ seed, text, counts: generated, ...(path ? { games: path } : {}) })
    return { domain, source: path ? `${path} (text ${text})` : `generated, seed ${seed}` }
  },
}

/**
 * Opens the domain that the configuration names: one of Leap's, or a module with `createDomain(config): Promise<Domain>`.
 * Throws a LeapError `ENVIRONMENT_UNKNOWN` or `ENVIRONMENT_UNREADABLE`, or what the domain throws.
 */
export async function openDomain(config: Config, cwd: string): Promise<OpenedDomain> {
  const { name } = config.environment
  if (Object.hasOwn(domains, name)) return domains[name]!(config, cwd)
  if (!/\.(ts|js|mjs)$/.test(name))
    throw new LeapError({
      code: 'ENVIRONMENT_UNKNOWN',
      message: `environment.name: unknown environment "${name}" (available: ${Object.keys(domains).join(', ')})`,
      remedy: 'For one of your own, give the path of a module (.ts, .js) that exports createDomain.',
    })
  const module = await import(pathToFileURL(resolve(cwd, name)).href).then(
    (loaded: { createDomain?: (config: Config) => Promise<Domain> }) => loaded,
    (cause: Error) => {
      throw new LeapError({
        code: 'ENVIRONMENT_UNREADABLE',
        message: `environment.name: ${name} cannot be loaded: ${cause.message}`,
        remedy: `Give the path of a module relative to ${cwd}.`,
        cause,
      })
    },
  )
  if (typeof module.createDomain === 'function') return { domain: await module.createDomain(config), source: name }
  throw new LeapError({
    code: 'ENVIRONMENT_UNKNOWN',
    message: `environment.name: ${name} exports no function createDomain`,
    remedy: 'See examples/own-environment.ts.',
  })
}
