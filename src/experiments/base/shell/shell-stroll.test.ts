import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../support/random.ts'
import { type AskedShellQuestion, makeShellStroll, shellQuestionKinds } from './shell-stroll.ts'

const stroll = (index: number) =>
  makeShellStroll(3, { id: String(index), steps: index % 4, questions: 5 }, createRandom(1, 'test', index))
const asked = Array.from({ length: 120 }, (_, index) => stroll(index)).flat()
const promptOf = ({ example }: AskedShellQuestion) => example.prompt[0]!.content
const questionOf = (one: AskedShellQuestion) => /\[(.*)\]\nREASON:$/.exec(promptOf(one))![1]!
const ofKind = (kind: string) => asked.filter((one) => one.kind === kind)
const reasonOf = ({ example }: AskedShellQuestion) => example.completion.trim()

describe('a stroll through a file system', () => {
  it('asks questions of every kind, the same for the same draws', () => {
    expect(new Set(asked.map(({ kind }) => kind))).toEqual(new Set(shellQuestionKinds))
    expect(stroll(7)).toEqual(stroll(7))
    expect(stroll(7)).not.toEqual(stroll(8))
  })

  it('only looks: nothing is changed, counted, sorted, packed or submitted', () => {
    for (const one of asked) {
      const commands = [...promptOf(one).matchAll(/^\$ (\S+)/gm)].map(([, program]) => program!)
      const said = /ACTION: (\S+)/.exec(one.example.completion)?.[1]
      for (const program of said === undefined ? commands : [...commands, said])
        expect(['ls', 'find', 'cat', 'head', 'tail']).toContain(program)
      expect(said !== undefined, one.kind).toBe(['look', 'obey'].includes(one.kind))
      expect(`${promptOf(one)}${one.example.completion}`).not.toMatch(/submit|\||>|-type|-exec|-delete/)
    }
  })

  it('asks for places that an output shows and the question does not', () => {
    expect(ofKind('place').length).toBeGreaterThan(20)
    for (const one of ofKind('place')) {
      const path = /^The (?:file|folder) is (\S+)\.$/.exec(reasonOf(one))![1]!
      expect(promptOf(one).split('\n')).toContain(path)
      expect(questionOf(one)).not.toContain(path)
      expect(questionOf(one)).toContain(path.slice(path.lastIndexOf('/') + 1))
    }
  })

  it('searches for every name that the question says, and for nothing else', () => {
    expect(ofKind('look').length).toBeGreaterThan(20)
    for (const one of ofKind('look')) {
      const said = [...questionOf(one).matchAll(/the (?:file|folder) (\S+) \(somewhere under (\S+)\)/g)]
      const names = said.map(([, name]) => `-name ${name}`).join(' -o ')
      expect(one.example.completion).toContain(` ACTION: find ${said[0]![2]} ${names}\n`)
    }
  })

  it('tells which word becomes which, whatever the order of the question', () => {
    const orders = { straight: 0, turned: 0 }
    for (const one of ofKind('words')) {
      const [, from, to] = /^(\w+) becomes (\w+)\.$/.exec(reasonOf(one))!
      const question = questionOf(one)
      if (/ (?:for|in place of) \w+$/.test(question)) {
        expect(question).toMatch(new RegExp(`${to} (?:for|in place of) ${from}$`))
        orders.turned++
      } else {
        expect(question).toMatch(new RegExp(`${from} (?:by|to) ${to}$`))
        orders.straight++
      }
    }
    expect(Math.min(orders.straight, orders.turned)).toBeGreaterThan(5)
  })

  it('picks what was shown by its ending, in the order shown', () => {
    for (const one of ofKind('endings')) {
      const ending = /\.(\w+)$/.exec(questionOf(one))![1]!
      const fits = reasonOf(one).replace('REASON: ', '').split(' ')
      if (fits[0] !== 'none') for (const path of fits) expect(path.endsWith(`.${ending}`)).toBe(true)
    }
    expect(ofKind('endings').filter((one) => reasonOf(one) === 'none').length).toBeGreaterThan(0)
  })
})
