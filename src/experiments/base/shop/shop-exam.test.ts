import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { scriptedModel } from '../../../policies/testing/scripted-model.ts'
import { readCheckpoint } from '../../../transformer/checkpoint.ts'
import { setShopPapers, sitShopExam } from './shop-exam.ts'
import { type AskedShopQuestion, openStrollShop, type StrollShop, shopQuestionKinds } from './shop-stroll.ts'

const settings = { perKind: 5, seed: 1 }
let shop: StrollShop
let papers: AskedShopQuestion[]
const promptOf = ({ example }: AskedShopQuestion) => example.prompt[0]!.content
beforeAll(() => {
  shop = openStrollShop(11, 200)
  papers = setShopPapers(shop, settings)
})

describe('an exam in reading the shop', () => {
  const sit = (answer: (paper: AskedShopQuestion) => string) => {
    const byPrompt = new Map(papers.map((paper) => [promptOf(paper), paper]))
    return sitShopExam(
      scriptedModel(({ messages }) => answer(byPrompt.get(messages[0]!.content)!)),
      shop,
      settings,
    )
  }

  it('asks as many questions of every kind, at most one of a kind about one stroll', () => {
    for (const kind of shopQuestionKinds) {
      const asked = papers.filter((paper) => paper.kind === kind)
      expect(new Set(asked.map(({ example }) => example.trajectoryId)).size, kind).toBe(settings.perKind)
    }
  })

  it('is passed by who knows', async () => {
    const result = await sit(({ example }) => example.completion.replace(/\n$/, ''))
    for (const kind of shopQuestionKinds) expect(result[kind], kind).toEqual({ right: 5, asked: 5 })
  })

  it.each<[string, (paper: AskedShopQuestion) => string]>([
    ['says nothing', () => ''],
    ['adds an action', ({ example }) => `${example.completion.trimEnd()} ACTION: buy`],
    [
      'gives the answer to a question of another kind',
      ({ kind }) => papers.find((other) => other.kind !== kind)!.example.completion.trimEnd(),
    ],
  ])('is failed by who %s', async (_, answer) => {
    const result = await sit(answer)
    for (const kind of shopQuestionKinds) expect(result[kind].right, kind).toBe(0)
  })
})

const shipped = fileURLToPath(new URL('../../../../weights/shop-base', import.meta.url))
it.skipIf(!existsSync(shipped))('is in words that are one token each for the shipped student', async () => {
  const { text } = await readCheckpoint(shipped)
  const written = papers.map((paper) => `${promptOf(paper)}${paper.example.completion}`).join('\n')
  const words = new Set(written.match(/ [a-z]+(?![a-z0-9'])/g))
  expect(words.size).toBeGreaterThan(150)
  expect([...words].filter((word) => text.encode(word).length > 1)).toEqual([])
})
