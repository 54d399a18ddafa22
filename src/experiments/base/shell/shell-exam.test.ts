import { describe, expect, it } from 'vitest'
import { scriptedModel } from '../../../policies/testing/scripted-model.ts'
import { setShellPapers, sitShellExam } from './shell-exam.ts'
import { type AskedShellQuestion, shellQuestionKinds } from './shell-stroll.ts'

const settings = { perKind: 5, seed: 1 }
const papers = setShellPapers(settings)
const promptOf = ({ example }: AskedShellQuestion) => example.prompt[0]!.content

describe('an exam in reading at the shell', () => {
  const sit = (answer: (paper: AskedShellQuestion) => string) => {
    const byPrompt = new Map(papers.map((paper) => [promptOf(paper), paper]))
    return sitShellExam(
      scriptedModel(({ messages }) => answer(byPrompt.get(messages[0]!.content)!)),
      settings,
    )
  }

  it('asks as many questions of every kind, at most one of a kind about one stroll', () => {
    for (const kind of shellQuestionKinds) {
      const asked = papers.filter((paper) => paper.kind === kind)
      expect(new Set(asked.map(({ example }) => example.trajectoryId)).size, kind).toBe(settings.perKind)
    }
  })

  it('is passed by who knows', async () => {
    const result = await sit(({ example }) => example.completion.replace(/\n$/, ''))
    for (const kind of shellQuestionKinds) expect(result[kind], kind).toEqual({ right: 5, asked: 5 })
  })

  it.each<[string, (paper: AskedShellQuestion) => string]>([
    ['says nothing', () => ''],
    ['adds an action', ({ example }) => `${example.completion.trimEnd()} ACTION: submit`],
    [
      'gives the answer to a question of another kind',
      ({ kind }) => papers.find((other) => other.kind !== kind)!.example.completion.trimEnd(),
    ],
  ])('is failed by who %s', async (_, answer) => {
    const result = await sit(answer)
    for (const kind of shellQuestionKinds) expect(result[kind].right, kind).toBe(0)
  })
})
