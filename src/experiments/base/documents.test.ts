import { beforeAll, describe, expect, it } from 'vitest'
import { sftExampleSchema } from '../../contracts/example.ts'
import { actionMarker, reasonMarker } from '../../policies/prompts/compact.ts'
import { createRandom } from '../../support/random.ts'
import { type AskedQuestion, collectKnowledge, makeDocument } from './documents.ts'
import { questionKinds } from './questions.ts'
import { replayRows } from './replay.ts'
import { openRooms, type Rooms } from './rooms.ts'

let rooms: Rooms
beforeAll(() => {
  rooms = openRooms({ seed: 'documents', trainRooms: 4, counted: 100 })
})

function document(index: number, { seed = 1, weights = {} } = {}): AskedQuestion[] {
  const walk = rooms.walk('train', index, `walk/${index}`)
  return makeDocument(walk, { steps: 10, questionsPerStep: 4, weights }, createRandom(seed, index))
}
const promptOf = ({ example }: AskedQuestion) => example.prompt[0]!.content
/** What comes before the task's line. */
const moment = (asked: AskedQuestion) => promptOf(asked).slice(0, -`[${asked.question}]\n${reasonMarker}`.length)

describe('a document', () => {
  it('is determined by its room and random numbers', () => {
    const rows = (asked: AskedQuestion[]) => asked.map(({ example }) => example)
    expect(rows(document(0))).toEqual(rows(document(0)))
    expect(rows(document(0, { seed: 2 }))).not.toEqual(rows(document(0)))
    expect(rows(document(1))).not.toEqual(rows(document(0)))
  })

  it('asks in the form of a task: prompts of one moment share everything before the task’s line', () => {
    for (let index = 0; index < 4; index++) {
      const asked = document(index)
      const moments = Map.groupBy(asked, ({ example }) => example.step)
      expect(moments.size).toBe(11)
      for (const questions of moments.values()) {
        for (const question of questions) {
          expect(promptOf(question)).toBe(`${moment(question)}[${question.question}]\n${reasonMarker}`)
          expect(moment(question)).toBe(moment(questions[0]!))
        }
      }
      expect(new Set([...moments.values()].map(([first]) => moment(first!))).size).toBe(11)
    }
  })

  it('goes on where it was: the commands so far begin the commands of every later prompt', () => {
    const commands = document(0).map((asked) => moment(asked).match(/^> .*$/gm) ?? [])
    for (const [index, past] of commands.entries()) {
      expect(past).toHaveLength(document(0)[index]!.example.step)
      expect(commands.at(-1)!.slice(0, past.length)).toEqual(past)
    }
  })

  it('writes answers as a student would, with a command only where one is asked for', () => {
    for (const { example, reason, action } of [0, 1, 2].flatMap((index) => document(index))) {
      expect(sftExampleSchema.parse(example)).toEqual(example)
      expect(example.completion).toBe(action === undefined ? ` ${reason}\n` : ` ${reason}${actionMarker}${action}\n`)
    }
  })

  it('asks kinds as often as they are weighted', () => {
    const weights = Object.fromEntries(questionKinds.map((kind) => [kind, 0]))
    const asked = [0, 1, 2].flatMap((index) => document(index, { weights: { ...weights, holding: 3, door: 1 } }))
    const share = asked.filter(({ kind }) => kind === 'holding').length / asked.length
    expect([...new Set(asked.map(({ kind }) => kind))].sort()).toEqual(['door', 'holding'])
    expect(share).toBeGreaterThan(0.5)
  })
})

describe('common knowledge', () => {
  const room = (...things: [type: string, ...places: string[]][]) =>
    ({ objects: things.map(([type, ...receptacles]) => ({ type, receptacles })) }) as never

  it('is what was seen, as often as it was seen', () => {
    const { types, knowledge } = collectKnowledge([
      room(['pen', 'desk 1'], ['mug', 'shelf 1', 'desk 2']),
      room(['pen', 'desk 4'], ['pen', 'bed 1'], ['pen', 'desk 1']),
    ])
    expect(types).toEqual(['mug', 'pen'])
    expect([knowledge.holds('desk', 'pen'), knowledge.holds('bed', 'pen'), knowledge.holds('shelf', 'pen')]).toEqual([
      true,
      true,
      false,
    ])
    const random = createRandom(1)
    const drawn = Array.from({ length: 400 }, () => knowledge.draw('pen', random))
    expect(drawn.filter((place) => place === 'desk').length / 400).toBeCloseTo(0.75, 1)
    expect(knowledge.draw('cow', random)).toBeUndefined()
    expect(knowledge.holds('desk', 'cow')).toBe(false)
  })
})

describe('replay', () => {
  it('gives the same rows for the same seed, of rooms that no run plays in', () => {
    const rows = replayRows(3, 5)
    expect(rows.length).toBeGreaterThan(60)
    expect(replayRows(3, 5)).toEqual(rows)
    expect(replayRows(3, 6)).not.toEqual(rows)
    expect(new Set(rows.map(({ trajectoryId }) => trajectoryId)).size).toBe(3)
  })
})
