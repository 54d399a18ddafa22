import type { SftExample } from '../../contracts/example.ts'
import { createRandom } from '../../support/random.ts'
import { makeDocument } from './documents.ts'
import { questionWeights } from './questions.ts'
import { openRooms } from './rooms.ts'

/** Rows of the kind that the base student was pretrained on: mixed into later training, they keep its general skills alive. Games of their own seed. */
export function replayRows(walks: number, seed: number): SftExample[] {
  const rooms = openRooms({ seed: `replay ${seed}`, trainRooms: 27, counted: 400 })
  return Array.from({ length: walks }, (_, index) => {
    const random = createRandom(seed, 'replay', index)
    const walk = rooms.walk('train', index, `replay/${index}#0`)
    const asked = makeDocument(
      walk,
      { steps: 6 + random.integer(18), questionsPerStep: 8, weights: questionWeights },
      random,
    )
    return asked.map(({ example }) => example)
  }).flat()
}
