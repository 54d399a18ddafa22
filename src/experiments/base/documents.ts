import type { SftExample } from '../../contracts/example.ts'
import { Belief } from '../../environments/alfworld/belief.ts'
import { typeOf } from '../../environments/alfworld/names.ts'
import type { WorldState } from '../../environments/alfworld/world-state.ts'
import { compactRenderer } from '../../policies/prompts/compact.ts'
import type { Random } from '../../support/random.ts'
import { questionRow } from './question-row.ts'
import { ask, type Question, type QuestionKind, questionKinds } from './questions.ts'
import type { Knowledge } from './sight.ts'
import { wander } from './wander.ts'

/** The part of a game's session that a walk needs. */
export interface Walkable {
  reset(): { text: string; candidates: readonly string[] }
  step(command: string): { text: string; candidates: readonly string[] }
  worldState(): WorldState
}

/** Where a walk is set. */
export interface WalkSetting {
  /** Names the document; its questions share it. */
  id: string
  session: Walkable
  /** Object classes to ask about. */
  types: readonly string[]
  knowledge: Knowledge
}

export interface DocumentSettings {
  /** Steps of the walk. */
  steps: number
  /** Questions asked after each step. */
  questionsPerStep: number
  /** How often each kind is asked, relative to the others; 1 where not given. */
  weights?: Partial<Record<QuestionKind, number>>
}

/** A question with the prompt it is asked in. */
export interface AskedQuestion extends Question {
  example: SftExample
}

/**
 * One document: a walk through a room without a task, with questions about what was seen, done and left out on the way, each in the place and
 * form of a student's prompt. The walk's text is shared by all its questions. Teaches general skills; no text pursues one of the six goals.
 */
export function makeDocument(
  { id, session, types, knowledge }: WalkSetting,
  { steps, questionsPerStep, weights = {} }: DocumentSettings,
  random: Random,
): AskedQuestion[] {
  let now = session.reset()
  const belief = new Belief('', { observation: now.text, candidates: now.candidates })
  const origin = new Map<string, string>()
  for (const object of session.worldState().objects)
    if (object.receptacles[0]) origin.set(object.name, object.receptacles[0])
  const history: { observation: string; candidates: readonly string[]; action: string }[] = []
  const asked: AskedQuestion[] = []
  const kindWeights = questionKinds.map((kind) => weights[kind] ?? 1)
  for (let step = 0; step <= steps; step++) {
    for (let i = 0; i < questionsPerStep; i++) {
      const kind = questionKinds[random.weighted(kindWeights)]!
      const question = ask(kind, { belief, types, knowledge }, random)
      if (question === undefined) continue
      const input = {
        instruction: question.question,
        history: history.slice(),
        observation: now.text,
        candidates: now.candidates,
      }
      asked.push({ ...question, example: questionRow(compactRenderer, { id, step, kind }, input, question) })
    }
    const action = wander(belief, origin, random)
    history.push({ observation: now.text, candidates: now.candidates, action })
    now = session.step(action)
    belief.update(action, { observation: now.text, candidates: now.candidates })
  }
  return asked
}

/** Collects, over many rooms, which furniture classes hold which object classes. */
export function collectKnowledge(rooms: Iterable<WorldState>): { types: string[]; knowledge: Knowledge } {
  const places = new Map<string, string[]>()
  for (const room of rooms)
    for (const object of room.objects)
      for (const receptacle of object.receptacles) {
        const list = places.get(object.type) ?? []
        places.set(object.type, list)
        list.push(typeOf(receptacle))
      }
  return {
    types: [...places.keys()].sort(),
    knowledge: {
      draw: (type, random) => (places.has(type) ? random.choice(places.get(type)!) : undefined),
      holds: (place, type) => places.get(type)?.includes(place) ?? false,
    },
  }
}
