import { parseGame } from '../../environments/alfworld/game.ts'
import { type GeneratedSplit, HouseholdGenerator } from '../../environments/alfworld/generator/generator.ts'
import type { Session } from '../../environments/alfworld/session.ts'
import { collectKnowledge, type WalkSetting } from './documents.ts'
import type { Knowledge } from './sight.ts'

/** Rooms for walks without a task: generated games of a seed of their own, so that no game of a run is among them. */
export interface Rooms {
  /** A fresh play of game `index` of a split, with what can be asked about it. The games' tasks are not told to anybody. */
  walk(split: GeneratedSplit, index: number, id: string): WalkSetting
  /** A game with its task and solution: only to learn the words of tasks (vocabulary), never to train on. */
  solution(index: number): { session: Session; goalText: string; commands: readonly string[] }
  /** Object classes. */
  types: readonly string[]
  knowledge: Knowledge
}

/** Opens the rooms of a seed; common knowledge (what lies where) is counted over the first `counted` of them. */
export function openRooms({
  seed,
  trainRooms,
  counted,
}: {
  seed: number | string
  trainRooms: number
  counted: number
}): Rooms {
  const generator = new HouseholdGenerator({ seed, trainRooms })
  const { types, knowledge } = collectKnowledge(
    (function* () {
      for (let index = 0; index < counted; index++) yield generator.game('train', index).world
    })(),
  )
  const open = (split: GeneratedSplit, index: number) => {
    const { id, text } = generator.game(split, index)
    return parseGame(text, id)
  }
  return {
    types,
    knowledge,
    walk: (split, index, id) => ({ id, session: open(split, index).start(), types, knowledge }),
    solution(index) {
      const game = open('train', index)
      return { session: game.start(), goalText: game.goalText, commands: game.walkthrough ?? [] }
    },
  }
}
