import { beforeAll, describe, expect, it } from 'vitest'
import { wordsOf } from '../../../environments/webshop/agent/read-request.ts'
import { createRandom } from '../../../support/random.ts'
import {
  type AskedShopQuestion,
  makeStroll,
  openStrollShop,
  type StrollShop,
  shopQuestionKinds,
} from './shop-stroll.ts'

let shop: StrollShop
let asked: AskedShopQuestion[]
const stroll = (index: number) =>
  makeStroll(shop, { id: String(index), steps: 6, questionsPerPage: 5 }, createRandom(1, 'test', index))
beforeAll(() => {
  shop = openStrollShop(3, 200)
  asked = Array.from({ length: 60 }, (_, index) => stroll(index)).flat()
})
const promptOf = ({ example }: AskedShopQuestion) => example.prompt[0]!.content
const questionOf = (one: AskedShopQuestion) => /\[ (.*) under \$\d+ \]\nREASON:$/.exec(promptOf(one))![1]!
const ofKind = (kind: string) => asked.filter((one) => one.kind === kind)

describe('a stroll through the shop', () => {
  it('asks questions of every kind, the same for the same draws', () => {
    expect(new Set(asked.map(({ kind }) => kind))).toEqual(new Set(shopQuestionKinds))
    expect(stroll(7)).toEqual(stroll(7))
    expect(stroll(7)).not.toEqual(stroll(8))
  })

  it('never buys, and answers with nothing but what is asked: no purchase, no way back, no other product', () => {
    for (const { example, kind } of asked) {
      expect(example.prompt[0]!.content).not.toContain('> buy')
      expect(example.completion).not.toMatch(/ACTION: (buy|back|next|search again)/)
      expect(example.completion.includes('ACTION:'), kind).toBe(['search', 'fresh', 'choose'].includes(kind))
    }
  })

  it('asks for options that are there as well as for those that are not, and answers by the page', () => {
    const counts = { missing: 0, there: 0, chosen: 0 }
    for (const one of ofKind('offer')) {
      const options = promptOf(one)
        .split('\n')
        .filter((line) => /^[a-z]+\? /.test(line))
        .join(' ')
      const [, value, place] = /They want (\S+)\. It is (\w+)\./.exec(one.example.completion) ?? []
      if (value === undefined) {
        expect(one.example.completion).toBe(' I have what they want.\n')
        expect(options).not.toContain('asked')
        counts.chosen++
        continue
      }
      expect(wordsOf(questionOf(one))).toContain(value)
      if (place === 'missing') expect(options.split(' ')).not.toContain(value)
      else expect(options).toContain(`${place} asked ${value}`)
      counts[place === 'missing' ? 'missing' : 'there']++
    }
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(15)
  })

  it('points to products that are not too dear and were not opened, the first of them unless asked for a later one', () => {
    expect(ofKind('fresh').length).toBeGreaterThan(50)
    for (const one of ofKind('fresh')) {
      const free = [...promptOf(one).matchAll(/\n (\d+) /g)].map((match) => Number(match[1]))
      const after = Number(/after (\d+)/.exec(questionOf(one))?.[1] ?? 0)
      const first = free.find((number) => number > after)
      expect(one.example.completion).toBe(` I have not seen ${first}. ACTION: open ${first}\n`)
    }
  })

  it('writes words of the question into the search field', () => {
    for (const one of ofKind('search')) {
      const query = /ACTION: search (.*)\n$/.exec(one.example.completion)![1]!
      for (const word of query.split(' ')) expect(wordsOf(questionOf(one))).toContain(word)
    }
  })
})
