import type { SftExample } from '../../contracts/example.ts'
import type { ChatModel } from '../../contracts/model.ts'

/** A question of some kind, with the answer that would be right. */
export interface Paper<Kind extends string> {
  readonly kind: Kind
  readonly example: Pick<SftExample, 'prompt' | 'completion'>
}

/** Right answers by kind of question. */
export type Marks<Kind extends string> = Record<Kind, { right: number; asked: number }>

/** Asks a model every paper, greedily and unaided, and counts right answers. */
export async function sitPapers<Kind extends string, P extends Paper<Kind>>(
  model: ChatModel,
  kinds: readonly Kind[],
  papers: readonly P[],
  isRight: (paper: P, answer: string) => boolean,
): Promise<Marks<Kind>> {
  const marks = Object.fromEntries(kinds.map((kind) => [kind, { right: 0, asked: 0 }])) as Marks<Kind>
  await Promise.all(
    papers.map(async (paper, index) => {
      const { text } = await model.generate({
        messages: paper.example.prompt,
        temperature: 0,
        maxTokens: 48,
        stop: ['\n'],
        seed: index,
      })
      marks[paper.kind].asked++
      if (isRight(paper, text)) marks[paper.kind].right++
    }),
  )
  return marks
}
