import type { Random } from '../../support/random.ts'
import type { WalkSetting } from './documents.ts'

/**
 * The same walk in a world where object classes have swapped their names: a pan lies on the towel rail. What usually lies where no longer tells whether
 * a thing is there, so only looking does. Without such walks a small network answers from the prior (one absent class in ten is "seen").
 */
export function swapNames(setting: WalkSetting, random: Random): WalkSetting {
  const { types, session } = setting
  const shuffled = random.shuffle(types)
  const forward = new Map(types.map((type, index) => [type, shuffled[index]!]))
  const backward = new Map([...forward].map(([type, name]) => [name, type]))
  const moment = ({ text, candidates }: { text: string; candidates: readonly string[] }) => ({
    text: replaceNames(text, forward),
    candidates: candidates.map((candidate) => replaceNames(candidate, forward)),
  })
  return {
    ...setting,
    session: {
      reset: () => moment(session.reset()),
      step: (command) => moment(session.step(replaceNames(command, backward))),
      worldState() {
        const world = session.worldState()
        return {
          ...world,
          objects: world.objects.map((object) => ({ ...object, name: replaceNames(object.name, forward) })),
        }
      },
    },
  }
}

function replaceNames(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(/\b([a-z]+)(?= \d)/g, (name) => names.get(name) ?? name)
}
