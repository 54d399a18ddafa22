import type { SftExample } from '../../../contracts/example.ts'
import { generateWorld } from '../../../environments/intercode/generator/generate-world.ts'
import { createShellRenderer, smallView } from '../../../policies/prompts/shell.ts'
import type { Random } from '../../../support/random.ts'
import { questionRow } from '../question-row.ts'
import { drawLook } from './shell-look.ts'
import { type ShellQuestion, type ShellSight, shellQuestionMakers } from './shell-question-makers.ts'

export type ShellQuestionKind = keyof typeof shellQuestionMakers
export const shellQuestionKinds = Object.keys(shellQuestionMakers) as ShellQuestionKind[]

/** How often each kind is asked, relative to the others that fit a moment: those fit seldom that ask for what was shown. */
const weights: Record<ShellQuestionKind, number> = {
  ...{
    place: 8,
    told: 1,
    both: 6,
    beside: 1.5,
    into: 1,
    look: 2.5,
    words: 0.7,
    which: 1,
    line: 0.7,
    endings: 1.5,
    obey: 2,
  },
}

/** A question about a moment at the shell, with the row it makes. */
export interface AskedShellQuestion {
  kind: ShellQuestionKind
  example: SftExample
}

const renderer = createShellRenderer()

/**
 * One document: somebody without a wish looks around in a generated file system and is asked about what was shown and said, each question in the place and
 * form of a request. What was read so far is shared by all questions of a moment. Nothing is ever changed, computed or submitted, and no request is met.
 */
export function makeShellStroll(
  seed: number,
  { id, steps, questions }: { id: string; steps: number; questions: number },
  random: Random,
): AskedShellQuestion[] {
  const world = generateWorld(seed, 'seen', random.integer(1_000_000))
  const history: { observation: string; action: string }[] = []
  const asked: AskedShellQuestion[] = []
  let observation = ''
  for (let step = 0; step <= steps; step++) {
    const lines = step === 0 ? [] : visible(observation)
    const paths = new Set([...history.slice(1).map((one) => one.observation), observation].flatMap(visible))
    const things = new Set([...world.folders, ...world.files.map(({ path }) => path)])
    const sight: ShellSight = { world, lines, shown: [...paths].filter((line) => things.has(line)) }
    const enough = asked.length + questions
    // Kinds that do not fit the moment are drawn in vain.
    for (let tries = 0; asked.length < enough && tries < 6 * questions; tries++) {
      const kind = shellQuestionKinds[random.weighted(shellQuestionKinds.map((one) => weights[one]))]!
      const answer: ShellQuestion | undefined = shellQuestionMakers[kind](sight, random)
      if (answer === undefined) continue
      const { question } = answer
      const input = {
        instruction: question,
        history: history.slice(),
        observation: step === 0 ? question : observation,
        candidates: [],
      }
      asked.push({ kind, example: questionRow(renderer, { id, step, kind }, input, answer) })
    }
    const look = drawLook(world, random)
    history.push({ observation, action: look.action })
    observation = look.output
  }
  return asked
}

/** Lines of an output that a student is shown whole. */
const visible = (output: string) =>
  output
    .split('\n')
    .slice(0, smallView.lines)
    .filter((line) => line !== '' && line.length <= smallView.characters)
