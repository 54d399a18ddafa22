import type { SftExample } from '../../../contracts/example.ts'
import { createRandom, deriveSeed } from '../../../support/random.ts'
import { makeShellStroll } from './shell-stroll.ts'

/** Rows of the kind that the shell's base student was pretrained on: mixed into later training, they keep its reading skills alive. File systems of their own. */
export function shellReplayRows(strolls: number, seed: number): SftExample[] {
  const own = deriveSeed(seed, 'replay shell')
  return Array.from({ length: strolls }, (_, index) =>
    makeShellStroll(
      own,
      { id: `replay/${index}#0`, steps: index % 4, questions: 4 },
      createRandom(own, 'replay', index),
    ).map(({ example }) => example),
  ).flat()
}
