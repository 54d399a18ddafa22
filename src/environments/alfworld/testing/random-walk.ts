import { createRandom } from '../../../support/random.ts'
import { parseGame } from '../game.ts'
import { HouseholdGenerator } from '../generator/generator.ts'

/** A play of a generated game, for tests: what was seen, what could be done, what was done. */
export interface Walk {
  instruction: string
  steps: { observation: string; candidates: readonly string[]; action: string }[]
  /** What was seen after the last action. */
  last: { observation: string; candidates: readonly string[] }
}

/** Does anything that is possible, at random: takes wrong things, shuts doors, leaves the task undone. Every fifth command is nonsense. */
export function walkAtRandom({ game, steps, seed = 1 }: { game: number; steps: number; seed?: number }): Walk {
  const { id, text } = new HouseholdGenerator({ seed: 'random walks' }).game('train', game)
  const parsed = parseGame(text, id)
  const session = parsed.start()
  const random = createRandom(seed, 'random walk', game)
  const walk: Walk = { instruction: parsed.goalText, steps: [], last: { observation: '', candidates: [] } }
  let now = session.reset()
  for (let step = 0; step < steps; step++) {
    const { text: observation, candidates } = now
    const action = step % 5 === 4 ? 'go to nowhere 1' : random.choice(candidates)
    walk.steps.push({ observation, candidates, action })
    now = session.step(action)
  }
  walk.last = { observation: now.text, candidates: now.candidates }
  return walk
}
