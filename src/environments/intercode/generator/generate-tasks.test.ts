import { describe, expect, it } from 'vitest'
import { readAction } from '../bash/read-action.ts'
import { officialIgnored } from '../sandbox/contract.ts'
import { generateTask, ownSplits } from './generate-tasks.ts'
import { generateWorld, hasUniqueNames } from './generate-world.ts'
import { templates } from './templates.ts'
import { generateWorldNames } from './testing/world-names.ts'
import { folderNames, topNames, unseenTopNames } from './words.ts'

const many = ownSplits.flatMap((split) => Array.from({ length: 700 }, (_, index) => generateTask(3, split, index)))

describe('generated tasks', () => {
  it('come of at least 40 kinds of requests, all of which are drawn', () => {
    expect(templates.length).toBeGreaterThanOrEqual(40)
    expect(new Set(templates.map(({ name }) => name)).size).toBe(templates.length)
    expect(new Set(many.map(({ template }) => template)).size).toBe(templates.length)
  })

  it('are determined by seed, split and number', () => {
    expect(generateTask(3, 'train', 17)).toEqual(generateTask(3, 'train', 17))
    expect(generateTask(4, 'train', 17)).not.toEqual(generateTask(3, 'train', 17))
  })

  it('have gold commands that survive the quoting of the original as they are', () => {
    for (const { gold, query } of many) {
      const words = readAction(gold, '/')
      expect(words, gold).toMatchObject({ kind: 'run', argv: ['/bin/bash', '-c', gold], cwd: '/' })
      expect(query, gold).not.toMatch(/undefined|,,|\s{2}/)
      expect(gold).not.toContain('undefined')
    }
  })

  it('say of hidden things the name alone, and look for each of them', () => {
    const searching = many.filter(({ hidden }) => hidden.length > 0)
    expect(searching.length / many.length).toBeGreaterThan(0.25)
    for (const { hidden, look, gold, query } of searching)
      for (const path of hidden) {
        const name = path.slice(path.lastIndexOf('/') + 1)
        expect(gold, query).toContain(path)
        expect(query).toContain(name)
        expect(query.split(/[\s()?]+/)).not.toContain(path)
        expect(look).toContain(`-name ${name}`)
      }
  })

  it('have reasons that do not quote the command', () => {
    for (const { gold, reason } of many) expect(reason).not.toContain(gold)
  })
})

describe('generated file systems', () => {
  it('name everything once and nothing that the reward ignores', () => {
    for (let index = 0; index < 60; index++) {
      const world = generateWorld(5, index % 2 ? 'seen' : 'unseen', index)
      expect(hasUniqueNames(world)).toBe(true)
      for (const part of generateWorldNames(world)) expect(officialIgnored).not.toContain(part)
    }
  })

  it('of unseen ones share no top folder with seen ones', () => {
    const tops = (kind: 'seen' | 'unseen') =>
      new Set(Array.from({ length: 40 }, (_, index) => generateWorld(1, kind, index).top))
    expect([...tops('seen')].filter((top) => tops('unseen').has(top))).toEqual([])
  })

  it('have names that hardly recur, so that they have to be copied', () => {
    const worlds = Array.from({ length: 200 }, (_, index) => generateWorld(1, 'seen', index))
    const shareOfNew = (names: readonly string[]) => new Set(names).size / names.length
    expect(shareOfNew(worlds.map(({ top }) => top))).toBeGreaterThan(0.7)
    expect(shareOfNew(worlds.flatMap(({ files }) => files.map(({ path }) => path)))).toBeGreaterThan(0.99)
  })

  it('begin with a word that nothing else in them begins with, so that no search for a folder finds the root', () => {
    expect(topNames.filter((name) => folderNames.includes(name))).toEqual([])
    expect(unseenTopNames.filter((name) => folderNames.includes(name) || topNames.includes(name))).toEqual([])
  })
})
