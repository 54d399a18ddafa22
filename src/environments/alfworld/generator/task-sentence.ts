import type { Random } from '../../../support/random.ts'
import type { Goal } from '../world-state.ts'

/** Two ways to word each kind of task, drawn with equal chance; each names the two classes once and says all that the goal asks for. */
const wordings: Readonly<
  Record<Exclude<Goal['kind'], 'other'>, readonly ((object: string, goal: string) => string)[]>
> = {
  place: [
    (object, goal) => `find a ${object} and put it in the ${goal}`,
    (object, goal) => `bring a ${object} to the ${goal}`,
  ],
  clean: [
    (object, goal) => `wash a ${object} and put it in the ${goal}`,
    (object, goal) => `bring a clean ${object} to the ${goal}`,
  ],
  heat: [
    (object, goal) => `heat a ${object} and put it in the ${goal}`,
    (object, goal) => `bring a hot ${object} to the ${goal}`,
  ],
  cool: [
    (object, goal) => `chill a ${object} and put it in the ${goal}`,
    (object, goal) => `bring a cold ${object} to the ${goal}`,
  ],
  two: [
    (object, goal) => `find two ${object} and put both in one ${goal}`,
    (object, goal) => `bring two ${object} to one ${goal}`,
  ],
  look: [
    (object, lamp) => `look at a ${object} under the ${lamp}`,
    (object, lamp) => `take a ${object} and use the ${lamp}`,
  ],
}

/** The task of a generated game as a sentence: `Your task is to: bring a hot mug to the cabinet.` */
export function taskSentence(goal: Exclude<Goal, { kind: 'other' }>, random: Random): string {
  const destination = goal.kind === 'look' ? goal.lamp : goal.receptacle
  return `Your task is to: ${random.choice(wordings[goal.kind])(goal.object, destination)}.`
}
