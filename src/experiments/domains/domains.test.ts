import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Domain } from '../../contracts/domain.ts'
import { writeGames } from '../../environments/alfworld/generator/generate-games.ts'
import { rolloutAll } from '../../execution/rollout.ts'
import { configSchema } from '../config.ts'
import { quickstart } from '../presets/quickstart.ts'
import { openAlfworldDomain } from './alfworld.ts'
import { openDomain } from './domains.ts'

let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'leap-domain-'))
})
afterAll(() => rm(cwd, { recursive: true }))

const open = (environment: object) => openDomain(configSchema.parse({ ...quickstart, environment }), cwd)

describe('openDomain', () => {
  it('opens the household games, and says where they come from', async () => {
    const { domain, source } = await open({ generated: { train: 3, valid_seen: 2, valid_unseen: 2 } })
    expect(source).toBe('generated, seed 1')
    expect(await domain.environment.tasks('train')).toHaveLength(3)
  })

  it('draws household games of some kinds, in rooms of some size, where the configuration says so', async () => {
    const counts = { train: 30, valid_seen: 2, valid_unseen: 2 }
    const tasks = ['pick_and_place_simple', 'look_at_obj_in_light']
    const { domain, source } = await open({ generated: { ...counts, tasks, largestRoom: 10 } })
    expect(source).toBe(
      'generated, seed 1, pick_and_place_simple and look_at_obj_in_light, rooms of up to 10 receptacles',
    )
    const drawn = await domain.environment.tasks('train')
    expect(new Set(drawn.map(({ category }) => category))).toEqual(new Set(tasks))
    const issues = configSchema.safeParse({ ...quickstart, environment: { generated: { tasks: ['sleep'] } } }).error
    expect(JSON.stringify(issues)).toMatch(/pick_cool_then_place_in_recep/)
  })

  it('says where a choice of generated games is not met, because games were given', async () => {
    await writeGames(join(cwd, 'games'), { seed: 1, counts: { train: 2, valid_seen: 1, valid_unseen: 1 } })
    const { source } = await open({ games: 'games', generated: { largestRoom: 10 } })
    expect(source).toBe(
      `${join(cwd, 'games')} (text as-is; of all kinds and sizes: environment.generated chooses generated games)`,
    )
    expect((await open({ games: 'games' })).source).toBe(`${join(cwd, 'games')} (text as-is)`)
  })

  it('opens a module of the user’s, relative to the folder that leap runs in', async () => {
    await writeFile(
      join(cwd, 'own.ts'),
      'export const createDomain = async (config: object) => ({ environment: { name: "own" }, config })',
    )
    const { domain, source } = await open({ name: 'own.ts' })
    expect(source).toBe('own.ts')
    expect(domain).toMatchObject({ environment: { name: 'own' }, config: { name: 'quickstart' } })
  })

  it('gives the shop its settings, such as the mistakes of the original', async () => {
    const generated = { products: 60 }
    const pageAfter = async (strictUpstream: boolean) => {
      const { domain } = await open({ name: 'webshop', generated, webshop: { strictUpstream } })
      const [task] = await domain.environment.tasks('test')
      const episode = await domain.environment.open(task!)
      await episode.reset()
      const words = `search[${episode.instruction.split(' ').slice(0, 12).join(' ')}]`
      const first = await episode.step(words)
      await episode.step('click[next >]')
      // A product of the first page, which the second does not show.
      const missed = await episode.step(first.candidates!.find((action) => action.startsWith('click[item - '))!)
      const after = await episode.step('click[nothing]')
      return [missed.text, after.text].map((text) => /^Page (\d+)/m.exec(text)?.[1])
    }
    expect(await pageAfter(false)).toEqual(['2', '2'])
    expect(await pageAfter(true)).toEqual(['2', '1'])
  })

  it.each([
    ['chess', 'ENVIRONMENT_UNKNOWN', /unknown environment "chess" \(available: alfworld, .*intercode-bash/],
    ['constructor', 'ENVIRONMENT_UNKNOWN', /unknown environment/],
    ['missing.ts', 'ENVIRONMENT_UNREADABLE', /missing\.ts cannot be loaded/],
    ['broken.ts', 'ENVIRONMENT_UNREADABLE', /broken\.ts cannot be loaded/],
    ['empty.ts', 'ENVIRONMENT_UNKNOWN', /exports no function createDomain/],
  ])('refuses %s', async (name, code, message) => {
    await writeFile(join(cwd, 'broken.ts'), 'export const createDomain = (')
    await writeFile(join(cwd, 'empty.ts'), 'export const createDomain = 3')
    await expect(open({ name })).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  })
})

describe('the household domain', () => {
  let domain: Domain
  beforeAll(async () => {
    domain = await openAlfworldDomain({ seed: 3, counts: { train: 12, valid_seen: 2, valid_unseen: 2 } })
  })

  it('explains demonstrations and names their decisions, from the past alone', async () => {
    const { environment } = domain
    const planner = domain.baselines!().find(({ name }) => name === 'planner')!
    const tasks = await environment.tasks('train')
    const played = await rolloutAll({ environment, tasks, policy: planner, maxSteps: 40, seed: 1, phase: 'd' })
    const kinds = new Set<string>()
    for (const trajectory of played) {
      const reasons = domain.explain!(trajectory)
      expect(reasons).toHaveLength(trajectory.steps.length)
      for (const [index, step] of trajectory.steps.entries()) {
        kinds.add(domain.kindOf!(trajectory, index))
        expect(reasons[index]).toMatch(/^[a-zI].*\.$/)
        // What comes later must not matter.
        const cut = { ...trajectory, steps: trajectory.steps.slice(0, index + 1) }
        expect(domain.explain!(cut)[index]).toBe(reasons[index])
        expect(step.admissible).toBe(true)
      }
    }
    expect([...kinds].sort()).toEqual(expect.arrayContaining(['deliver', 'goal', 'search', 'take']))
  })

  it('tells which steps search, and where', async () => {
    const { environment, searchProbe } = domain
    const tasks = (await environment.tasks('train')).slice(0, 4)
    const explorer = domain.baselines!().find(({ name }) => name === 'explorer')!
    const played = await rolloutAll({ environment, tasks, policy: explorer, maxSteps: 50, seed: 1, phase: 'e' })
    for (const trajectory of played) {
      const searching = trajectory.steps.map((_, index) => searchProbe!.isSearching!(trajectory, index))
      const taken = trajectory.steps.findIndex(({ action }) => action.startsWith('take '))
      expect(searching[0]).toBe(true)
      expect(searching[taken]).toBe(false)
      expect(searching.slice(0, taken - 1)).not.toContain(false)
      for (const step of trajectory.steps)
        expect(searchProbe!.place(step)).toBe(step.action.startsWith('go to ') ? step.action.slice(6) : undefined)
    }
  })

  it('has a teacher and an acting one of every level', () => {
    for (const level of [1, 2, 3, 4, 5] as const) {
      expect(domain.teacher({ level, lambda: 1 }).name).toBe(`planner-${level}`)
      expect(domain.teacherPolicy!({ level, lambda: 1 })).toMatchObject({
        name: `planner-${level}`,
        needsPrivilege: true,
      })
    }
  })
})
