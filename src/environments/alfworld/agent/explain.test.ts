import { describe, expect, it } from 'vitest'
import { Belief } from '../belief.ts'
import { namesIn } from '../names.ts'
import { walkAtRandom } from '../testing/random-walk.ts'
import { believe } from './believe.ts'
import { explain } from './explain.ts'
import { type DecisionKind, kindOf, putCommand } from './kinds.ts'

const places = ['cabinet 1', 'countertop 1', 'desk 1', 'fridge 1', 'microwave 1', 'sinkbasin 1']
const walks = places.map((place) => `go to ${place}`)
const room = `You see a ${places.join(', a ')}.`

type Moment = [action: string, observation: string, candidates: string[]]
const at = (place: string, sight: string, ...more: string[]): Moment => [
  `go to ${place}`,
  sight,
  [...walks, `examine ${place}`, ...more],
]
const atCabinet = at('cabinet 1', 'It is closed.', 'open cabinet 1')
const atDesk = at('desk 1', 'On it you see a mug 1, a desklamp 1.', 'take mug 1 from desk 1', 'use desklamp 1')
const atTable = at('countertop 1', 'On it you see a pen 2.', 'take pen 2 from countertop 1')
const atDeskBare = at('desk 1', 'On it you see a mug 1.', 'take mug 1 from desk 1')
const atHome = at('cabinet 1', 'It is open. In it you see a mug 2.', 'take mug 2 from cabinet 1')
const takeMug: Moment = ['take mug 1 from desk 1', 'You take it.', [...walks, 'use desklamp 1']]
const takePen: Moment = ['take pen 2 from countertop 1', 'You take it.', [...walks, 'move pen 2 to countertop 1']]
const atSink = at('sinkbasin 1', 'It is empty.', 'clean mug 1 with sinkbasin 1')
const clean: Moment = ['clean mug 1 with sinkbasin 1', 'You clean it.', walks]

function beliefAfter(instruction: string, ...moments: Moment[]): Belief {
  const belief = new Belief(instruction, { observation: room, candidates: walks })
  for (const [action, observation, candidates] of moments) belief.update(action, { observation, candidates })
  return belief
}

const put = 'put a mug in cabinet.'
const washed = 'put a clean mug in cabinet.'
const pair = 'put two mug in cabinet.'
const look = 'look at a mug under the desklamp.'

describe('every kind of decision is told from the history and has its reason', () => {
  it.each<[DecisionKind, string, string, Moment[], string]>([
    ['search', put, 'go to desk 1', [], 'I need a mug. I have not looked at desk 1.'],
    ['search', put, 'go to desk 1', [atTable], 'I need a mug. I see none here. I have not looked at desk 1.'],
    ['open-search', put, 'open cabinet 1', [atCabinet], 'cabinet 1 is closed. I have not looked inside.'],
    ['recall', put, 'go to desk 1', [atDesk, atTable], 'I need a mug. I see none here. I saw mug 1 at desk 1.'],
    ['take', put, 'take mug 1 from desk 1', [atDesk], 'I need a mug. I see mug 1 here.'],
    [
      'appliance',
      washed,
      'go to sinkbasin 1',
      [atDesk, takeMug],
      'I need a mug. I hold mug 1. I have not cleaned mug 1. I have to clean it with sinkbasin 1.',
    ],
    [
      'treat',
      washed,
      'clean mug 1 with sinkbasin 1',
      [atDesk, takeMug, atSink],
      'I need a mug. I hold mug 1. I have not cleaned mug 1. I can clean it here.',
    ],
    [
      'goal',
      washed,
      'go to cabinet 1',
      [atDesk, takeMug, atSink, clean],
      'I need a mug. I hold mug 1. I have cleaned mug 1. It belongs in a cabinet. I go to cabinet 1.',
    ],
    [
      'goal',
      put,
      'go to cabinet 1',
      [atDesk, takeMug],
      'I need a mug. I hold mug 1. It belongs in a cabinet. I go to cabinet 1.',
    ],
    ['open', put, 'open cabinet 1', [atDesk, takeMug, atCabinet], 'cabinet 1 is closed. I have to open it.'],
    [
      'deliver',
      put,
      'move mug 1 to cabinet 1',
      [atDesk, takeMug, atCabinet],
      'I need a mug. I hold mug 1. It belongs in a cabinet. I can put it here.',
    ],
    [
      'deliver',
      put,
      'put mug 1 in/on cabinet 1',
      [atDesk, takeMug, atCabinet],
      'I need a mug. I hold mug 1. It belongs in a cabinet. I can put it here.',
    ],
    [
      'goal',
      look,
      'go to desk 1',
      [atDesk, takeMug, atTable],
      'I need a mug. I hold mug 1. I need a desklamp. I saw desklamp 1 at desk 1.',
    ],
    ['search', look, 'go to fridge 1', [atTable], 'I need a mug. I see none here. I have not looked at fridge 1.'],
    [
      'search',
      look,
      'go to fridge 1',
      [atTable, atDeskBare, takeMug, atTable],
      'I need a mug. I hold mug 1. I need a desklamp. I see none here. I have not looked at fridge 1.',
    ],
    [
      'search',
      pair,
      'go to fridge 1',
      [atHome, atTable],
      'mug 2 is in cabinet 1. I need another mug. I see none here. I have not looked at fridge 1.',
    ],
    [
      'take',
      pair,
      'take mug 1 from desk 1',
      [atHome, atDesk],
      'mug 2 is in cabinet 1. I need another mug. I see mug 1 here.',
    ],
    [
      'lamp',
      look,
      'use desklamp 1',
      [atDesk, takeMug],
      'I need a mug. I hold mug 1. I need a desklamp. I see desklamp 1 here.',
    ],
    [
      'drop',
      put,
      'move pen 2 to countertop 1',
      [atTable, takePen],
      'I need a mug. I hold pen 2. That is none. I put it down.',
    ],
    ['drop', put, 'go to desk 1', [atTable, takePen], 'I need a mug. I hold pen 2. That is none. I put it down.'],
    ['other', put, 'take pen 2 from countertop 1', [atTable], 'I need a mug.'],
    ['other', put, 'go to countertop 1', [atTable, atCabinet], 'I need a mug.'],
    ['other', put, 'inventory', [], 'I need a mug.'],
    ['other', put, 'move mug 1 to desk 2', [atDesk, takeMug], 'I need a mug.'],
    ['other', washed, 'move mug 1 to cabinet 1', [atDesk, takeMug, atCabinet], 'I need a mug.'],
    ['other', look, 'use desklamp 1', [atDesk], 'I need a mug.'],
    ['other', put, 'dance', [], 'I need a mug.'],
  ])('%s: %s, %s', (kind, instruction, action, moments, reason) => {
    const belief = beliefAfter(instruction, ...moments)
    expect(kindOf(belief, action)).toBe(kind)
    expect(explain(belief, action)).toBe(reason)
  })
})

it('names nothing that has not been read before, whatever is done', () => {
  for (let game = 0; game < 6; game++) {
    const { instruction, steps } = walkAtRandom({ game, steps: 25 })
    for (const [index, { action }] of steps.entries()) {
      const past = steps.slice(0, index)
      const read = [...past, steps[index]!].flatMap((step) => [step.observation, ...step.candidates, step.action])
      const known = new Set(namesIn(read.join('\n')))
      const reason = explain(believe(instruction, past, steps[index]!), action)
      expect(reason).not.toContain('undefined')
      for (const name of namesIn(reason)) expect(known).toContain(name)
    }
  }
})

it('finds the command that puts an object down in either wording', () => {
  const candidates = new Set(['move mug 1 to desk 1', 'put pen 1 in/on desk 1'])
  expect(putCommand(candidates, 'mug 1', 'desk 1')).toBe('move mug 1 to desk 1')
  expect(putCommand(candidates, 'pen 1', 'desk 1')).toBe('put pen 1 in/on desk 1')
  expect(putCommand(candidates, 'pen 1', 'bed 1')).toBeUndefined()
})
