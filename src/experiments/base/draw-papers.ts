import { createRandom, type Random } from '../../support/random.ts'

/**
 * Draws the questions of an exam: `perKind` of every kind, at most one of a kind from a document, since answers about one are not independent.
 * The same arguments give the same papers. Kinds that hardly ever fit a moment may stay below `perKind`.
 *
 * @param ask the questions about document number `index`
 */
export function drawPapers<Kind extends string, P extends { readonly kind: Kind }>(
  kinds: readonly Kind[],
  { perKind, seed }: { perKind: number; seed: number },
  ask: (index: number, random: Random) => readonly P[],
): P[] {
  const papers: P[] = []
  const counts = new Map<Kind, number>()
  for (let index = 0; papers.length < perKind * kinds.length && index < perKind * 10; index++) {
    const random = createRandom(seed, 'exam', index)
    const asked = random.shuffle(ask(index, random))
    for (const paper of new Map(asked.map((one) => [one.kind, one])).values()) {
      const count = counts.get(paper.kind) ?? 0
      if (count >= perKind) continue
      counts.set(paper.kind, count + 1)
      papers.push(paper)
    }
  }
  return papers
}
