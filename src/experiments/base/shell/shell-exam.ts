import type { ChatModel } from '../../../contracts/model.ts'
import { drawPapers } from '../draw-papers.ts'
import { type Marks, sitPapers } from '../sit-papers.ts'
import { type AskedShellQuestion, makeShellStroll, type ShellQuestionKind, shellQuestionKinds } from './shell-stroll.ts'

/** The questions of an exam: `perKind` of every kind, at most one of a kind from a stroll. The same arguments give the same papers. */
export function setShellPapers(settings: { perKind: number; seed: number }): AskedShellQuestion[] {
  return drawPapers(shellQuestionKinds, settings, (index, random) =>
    makeShellStroll(settings.seed, { id: `exam/${index}`, steps: random.integer(4), questions: 4 }, random),
  )
}

/** Asks a model about strolls, greedily and unaided, and counts answers that are right to the letter. Give a seed that no training text has. */
export function sitShellExam(
  model: ChatModel,
  settings: { perKind: number; seed: number },
): Promise<Marks<ShellQuestionKind>> {
  return sitPapers(
    model,
    shellQuestionKinds,
    setShellPapers(settings),
    ({ example }, text) => `${text.trimEnd()}\n` === example.completion,
  )
}
