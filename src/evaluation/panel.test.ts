import { describe, expect, it } from 'vitest'
import type { Environment } from '../contracts/environment.ts'
import { createToyEnvironment } from '../execution/testing/toy-environment.ts'
import { freezePanel, resolvePanel } from './panel.ts'

describe('freezePanel', () => {
  it('freezes all tasks, the first ones, or a given order', async () => {
    const environment = createToyEnvironment({ count: 5 })
    const ids = (await environment.tasks('valid')).map(({ id }) => id)
    expect((await freezePanel(environment, { name: 'all', split: 'valid' })).taskIds).toEqual(ids)
    const first = await freezePanel(environment, { name: 'f', split: 'valid', select: { kind: 'first', count: 2 } })
    expect(first.taskIds).toEqual(ids.slice(0, 2))
    const reversed = await freezePanel(environment, {
      name: 'r',
      split: 'valid',
      select: { kind: 'order', ids: [...ids].reverse() },
    })
    expect(reversed.taskIds).toEqual([...ids].reverse())
  })

  it('has a hash that changes with environment, ids, order and content, and with nothing else', async () => {
    const hash = async (environment: Environment, ids?: string[]) =>
      (
        await freezePanel(environment, {
          name: `any ${Math.abs(ids?.length ?? 0)}`,
          split: 'valid',
          ...(ids ? { select: { kind: 'order', ids } } : {}),
        })
      ).hash
    const environment = createToyEnvironment({ count: 3 })
    const reference = await hash(environment)
    expect(reference).toMatch(/^[0-9a-f]{12}$/)
    expect(await hash(createToyEnvironment({ count: 3 }))).toBe(reference)
    expect(await hash(environment, ['valid/000', 'valid/001', 'valid/002'])).toBe(reference)
    const others = [
      await hash(environment, ['valid/001', 'valid/000', 'valid/002']),
      await hash(createToyEnvironment({ count: 2 })),
      await hash(createToyEnvironment({ count: 3, boxes: 6 })),
      await hash({ ...environment, name: 'other' }),
    ]
    expect(new Set([...others, reference]).size).toBe(5)
  })

  it('does not depend on the order in which the environment lists its tasks', async () => {
    const environment = createToyEnvironment()
    const shuffled: Environment = { ...environment, tasks: async (split) => (await environment.tasks(split)).reverse() }
    for (const select of [
      { kind: 'all' },
      { kind: 'first', count: 5 },
      { kind: 'sample', count: 5, seed: 3 },
    ] as const) {
      const options = { name: 'p', split: 'train', select }
      expect(await freezePanel(shuffled, options)).toEqual(await freezePanel(environment, options))
    }
  })

  it('samples without replacement, by seed', async () => {
    const environment = createToyEnvironment({ count: 40 })
    const draw = async (seed: number) =>
      (await freezePanel(environment, { name: 's', split: 'train', select: { kind: 'sample', count: 10, seed } }))
        .taskIds
    const drawn = await draw(1)
    expect(new Set(drawn).size).toBe(10)
    expect(drawn).toEqual([...drawn].sort())
    expect(await draw(1)).toEqual(drawn)
    expect(await draw(2)).not.toEqual(drawn)
  })

  it('refuses empty, too small, duplicate and unknown', async () => {
    const environment = createToyEnvironment({ count: 3 })
    const freeze = (select: Parameters<typeof freezePanel>[1]['select'] & object, source: Environment = environment) =>
      freezePanel(source, { name: 'p', split: 'valid', select })
    await expect(freeze({ kind: 'all' }, createToyEnvironment({ count: 0 }))).rejects.toMatchObject({
      code: 'PANEL_EMPTY',
    })
    await expect(freeze({ kind: 'first', count: 4 })).rejects.toThrow(/expected 4 tasks, found 3 in split "valid"/)
    await expect(freeze({ kind: 'order', ids: ['valid/001', 'valid/001'] })).rejects.toThrow(
      /valid\/001 again at position 2/,
    )
    await expect(freeze({ kind: 'order', ids: ['valid/999'] })).rejects.toMatchObject({ code: 'PANEL_TASK_UNKNOWN' })
    await expect(freezePanel(environment, { name: 'p', split: 'tset' })).rejects.toMatchObject({
      code: 'SPLIT_UNKNOWN',
    })
  })
})

describe('resolvePanel', () => {
  it('gives the tasks in the order of the panel', async () => {
    const environment = createToyEnvironment({ count: 3 })
    const ids = ['valid/002', 'valid/000']
    const panel = await freezePanel(environment, { name: 'p', split: 'valid', select: { kind: 'order', ids } })
    expect((await resolvePanel(environment, panel)).map(({ id }) => id)).toEqual(ids)
  })

  it('notices changed games, missing games and another environment', async () => {
    const environment = createToyEnvironment({ count: 3 })
    const panel = await freezePanel(environment, { name: 'p', split: 'valid' })
    await expect(resolvePanel(createToyEnvironment({ count: 3, boxes: 7 }), panel)).rejects.toMatchObject({
      code: 'PANEL_CHANGED',
      message: expect.stringContaining(panel.hash),
    })
    await expect(resolvePanel(createToyEnvironment({ count: 2 }), panel)).rejects.toMatchObject({
      code: 'PANEL_TASK_UNKNOWN',
      message: expect.stringContaining('valid/002'),
    })
    await expect(resolvePanel({ ...environment, name: 'other' }, panel)).rejects.toMatchObject({
      code: 'PANEL_CHANGED',
    })
  })
})
