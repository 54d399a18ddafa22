import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Domain } from '../../contracts/domain.ts'
import { LeapError } from '../../contracts/error.ts'
import type { Config } from '../config.ts'
import { openAlfworldDomain } from './alfworld.ts'
import type { InterCodeOptions } from './intercode.ts'

export interface OpenedDomain {
  domain: Domain
  /** Where the tasks come from, in words, for the manifest. */
  source: string
}

/** The domains that come with Leap: a new one is one file and one entry here. */
const domains: Record<string, (config: Config, cwd: string) => Promise<OpenedDomain>> = {
  async alfworld({ environment, seed }, cwd) {
    const { games, text, generated } = environment
    const { products: _, tasks, largestRoom, ...counts } = generated
    const path = games === undefined ? undefined : resolve(cwd, games)
    const domain = await openAlfworldDomain({
      seed,
      text,
      counts,
      tasks,
      largestRoom,
      ...(path ? { games: path } : {}),
    })
    const kinds = tasks === undefined ? '' : `, ${tasks.join(' and ')}`
    const rooms = largestRoom === undefined ? '' : `, rooms of up to ${largestRoom} receptacles`
    // A preset's choice of games is not an error where somebody gives games of their own, but is not met either.
    const unmet =
      `${kinds}${rooms}` === '' ? '' : '; of all kinds and sizes: environment.generated chooses generated games'
    return { domain, source: path ? `${path} (text ${text}${unmet})` : `generated, seed ${seed}${kinds}${rooms}` }
  },
  async webshop({ environment, seed }, cwd) {
    const { openWebshopDomain } = await import('./webshop.ts')
    const { openShopOf } = await import('./open-shop.ts')
    const { games, generated, webshop: settings } = environment
    const path = games === undefined ? undefined : resolve(cwd, games)
    const { shop, source, close } = await openShopOf({ path, products: generated.products, seed, settings, cwd })
    const { candidates: cut, strictUpstream } = settings
    return { domain: openWebshopDomain(shop, { close, cut, strictUpstream, seed }), source }
  },
  'intercode-bash': async (config, cwd) =>
    (await import('./intercode.ts')).openInterCodeBash(interCodeOptions(config, cwd)),
  'intercode-sql': async (config, cwd) =>
    (await import('./intercode.ts')).openInterCodeSql(interCodeOptions(config, cwd)),
  'intercode-python': async (config, cwd) =>
    (await import('./intercode.ts')).openInterCodePython(interCodeOptions(config, cwd)),
}

/** Names of the environments that come with Leap. */
export const environmentNames: readonly string[] = Object.keys(domains)

function interCodeOptions({ environment, seed }: Config, cwd: string): InterCodeOptions {
  const { games, generated, intercode } = environment
  const { tasks: _, largestRoom: __, ...counts } = generated
  const { train, division, feedback, sandbox, rootfs, mysqlUrl } = intercode
  return {
    seed,
    counts,
    train,
    division,
    feedback,
    sandbox: { kind: sandbox, ...(rootfs === undefined ? {} : { rootfs: resolve(cwd, rootfs) }) },
    ...(games === undefined ? {} : { data: resolve(cwd, games) }),
    ...(mysqlUrl === undefined ? {} : { mysqlUrl }),
    ...(process.env.LEAP_MYSQL_PASSWORD === undefined ? {} : { mysqlPassword: process.env.LEAP_MYSQL_PASSWORD }),
  }
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
      message: `environment.name: unknown environment "${name}" (available: ${environmentNames.join(', ')})`,
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
