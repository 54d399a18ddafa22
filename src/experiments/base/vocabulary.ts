import { explain } from '../../environments/alfworld/agent/explain.ts'
import { Belief } from '../../environments/alfworld/belief.ts'
import { renderCompact, renderCompletion } from '../../policies/prompts/compact.ts'
import { createRandom } from '../../support/random.ts'
import type { TokenizerFile } from '../../transformer/tokenizer-file.ts'
import { trainTokenizer } from '../../transformer/tokenizer-training.ts'
import { makeDocument } from './documents.ts'
import type { Rooms } from './rooms.ts'

/** Learns the words of the household: of walks and questions, and of tasks and reasons, which the weights have not been trained on. */
export function learnVocabulary(
  rooms: Rooms,
  { games, size, seed }: { games: number; size: number; seed: number },
): TokenizerFile {
  return trainTokenizer(texts(rooms, games, seed), {
    size,
    minimumCount: 6,
    entityShare: 0.75,
    inParts: (noun) => rooms.types.includes(noun),
  })
}

function* texts(rooms: Rooms, games: number, seed: number): Generator<string> {
  for (let index = 0; index < games; index++) {
    const random = createRandom(seed, 'vocabulary', index)
    const walk = rooms.walk('train', index, String(index))
    const asked = makeDocument(walk, { steps: 12, questionsPerStep: 1 }, random)
    yield* asked.map(({ example }) => example.prompt[0]!.content.slice(-400) + example.completion)
    const last = asked.at(-1)
    if (last) yield last.example.prompt[0]!.content
    const { session, goalText, commands } = rooms.solution(index)
    let now = session.reset()
    const belief = new Belief(goalText, { observation: now.text, candidates: now.candidates })
    for (const action of commands) {
      const input = { instruction: goalText, history: [], observation: now.text, candidates: now.candidates }
      yield renderCompact(input) + renderCompletion({ reason: explain(belief, action), action })
      now = session.step(action)
      belief.update(action, { observation: now.text, candidates: now.candidates })
    }
  }
}
