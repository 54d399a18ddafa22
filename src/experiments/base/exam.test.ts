import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { scriptedModel } from '../../policies/testing/scripted-model.ts'
import { readCheckpoint } from '../../transformer/checkpoint.ts'
import type { AskedQuestion } from './documents.ts'
import { sitExam } from './exam.ts'
import { questionKinds } from './questions.ts'
import { openRooms, type Rooms } from './rooms.ts'
import { setPapers } from './set-papers.ts'

const perKind = 6
let rooms: Rooms
let papers: AskedQuestion[]
const key = ({ example }: AskedQuestion) => example.prompt[0]!.content
beforeAll(() => {
  rooms = openRooms({ seed: 'exam test', trainRooms: 4, counted: 150 })
  papers = setPapers(rooms, { perKind, seed: 1 })
})

describe('the papers', () => {
  it('ask as many questions of every kind, at most one of a kind about one walk', () => {
    const counts = Map.groupBy(papers, ({ kind }) => kind)
    expect([...counts.keys()].sort()).toEqual([...questionKinds].sort())
    for (const [kind, asked] of counts) {
      expect(asked, kind).toHaveLength(perKind)
      expect(new Set(asked.map(({ example }) => example.trajectoryId)).size, kind).toBe(perKind)
    }
  })

  it('are the same for the same seed, others for another', () => {
    const keys = (seed: number) => setPapers(rooms, { perKind, seed }).map(key)
    expect(keys(1)).toEqual(papers.map(key))
    expect(keys(2)).not.toEqual(papers.map(key))
  })
})

describe('an exam', () => {
  const sit = (answer: (paper: AskedQuestion) => string) => {
    const byPrompt = new Map(papers.map((paper) => [key(paper), paper]))
    const model = scriptedModel(({ messages }) => answer(byPrompt.get(messages[0]!.content)!))
    return sitExam(model, rooms, { perKind, seed: 1 }).then((result) => ({ result, model }))
  }

  it('is passed in full by a model that knows, and asked greedily, without help', async () => {
    const { result, model } = await sit(({ example }) => example.completion.replace(/\n$/, ''))
    for (const kind of questionKinds) expect(result[kind], kind).toEqual({ right: perKind, asked: perKind })
    for (const { temperature, choice, stop } of model.requests)
      expect({ temperature, choice, stop }).toEqual({ temperature: 0, choice: undefined, stop: ['\n'] })
  })

  it.each<[string, (paper: AskedQuestion) => string]>([
    ['talks nonsense', () => ' The moon is a cheese. ACTION: dance'],
    ['says nothing', () => ''],
    [
      'answers every question with the answer of another',
      (paper) => {
        const other = papers.find(
          ({ kind }) => kind !== paper.kind && kind === (paper.kind === 'obey' ? 'door' : 'obey'),
        )!
        return other.example.completion.trimEnd()
      },
    ],
    ['forgets the command, or adds one', ({ reason, action }) => (action ? ` ${reason}` : ` ${reason} ACTION: look`)],
  ])('is failed in full by a model that %s', async (_, answer) => {
    const { result } = await sit(answer)
    for (const kind of questionKinds) expect(result[kind].right, kind).toBe(0)
  })
})

const shipped = fileURLToPath(new URL('../../../weights/household-base', import.meta.url))
it.skipIf(!existsSync(shipped))('leaves room for every right answer in the tokens of the shipped student', async () => {
  const { text } = await readCheckpoint(shipped)
  for (const { example, kind } of papers) expect(text.encode(example.completion).length, kind).toBeLessThanOrEqual(48)
})
