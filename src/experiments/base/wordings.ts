import { typeOf } from '../../environments/alfworld/names.ts'
import type { Random } from '../../support/random.ts'
import type { Sight } from './sight.ts'

/** What is asked about a class, in several wordings; `*` stands for the thing as it is described. */
const wordings = {
  presence: ['do I see *?', '* is wanted. do I see one?', 'is there * in front of me?'],
  take: ['take * if you see one', '* is wanted. take one if you see it'],
  locate: ['where could * be?', '* is wanted. where could one be?', 'we look for *. where now?'],
  match: ['do I hold *?', '* is wanted. is this one?'],
  recall: ['where did I see *?', '* is wanted. where did I see one?'],
} as const

/** How a thing can be described; the class that is meant comes first, others only lead astray. */
const descriptions: readonly ((type: string, other: string, place: string) => string)[] = [
  (type) => `a clean ${type}`,
  (type) => `a hot ${type}`,
  (type) => `a cold ${type}`,
  (type, _, place) => `a ${type} for the ${place}`,
  (type, _, place) => `a clean ${type} for the ${place}`,
  (type, _, place) => `a hot ${type} in the ${place}`,
  (type, _, place) => `a cold ${type} to put in the ${place}`,
  (type, _, place) => `one of two ${type} to the ${place}`,
  (type, other) => `a ${type} and no ${other}`,
  (type, other) => `a ${type} next to the ${other}`,
  (type) => `a ${type} under the desklamp`,
]

/**
 * A question about a class of things: half the time plain, half the time with the class inside a longer description, because a task names what it
 * wants in passing too. None of these sentences asks for one of the six tasks.
 */
export function wordQuestion(
  kind: keyof typeof wordings,
  type: string,
  { belief, types }: Sight,
  random: Random,
): string {
  if (random.next() < 0.35) return wordings[kind][0].replace('*', `a ${type}`)
  const describe = random.choice(descriptions)
  const thing = describe(type, random.choice(types), typeOf(random.choice(belief.receptacles)))
  return random.choice(wordings[kind]).replace('*', thing)
}
