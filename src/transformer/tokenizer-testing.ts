import { createRandom } from '../support/random.ts'

const places = ['cabinet', 'drawer', 'shelf', 'countertop', 'fridge']
const things = ['mug', 'plate', 'apple', 'knife']

/** Texts of a household game for tests: history, goal, candidates, reason and action. `count` of them, always the same. */
export function householdTexts(count: number): string[] {
  const random = createRandom(7, 'household texts')
  return Array.from({ length: count }, () => {
    const thing = random.choice(things)
    const visits = Array.from(
      { length: 2 + random.integer(4) },
      () => `${random.choice(places)} ${1 + random.integer(6)}`,
    )
    const seen = () => `${random.choice(things)} ${1 + random.integer(3)}`
    const history = visits.map(
      (place) => `> go to ${place}\nYou arrive at ${place}. On the ${place}, you see a ${seen()}, and a ${seen()}.\n`,
    )
    const options = visits.join(', ')
    return `You are in the middle of a room.\n${history.join('')}[put a ${thing} in drawer.]\ngo to: ${options}\nREASON: I need to find a ${thing}. I have not been at ${visits[0]}. ACTION: go to ${visits[0]}\n`
  })
}
