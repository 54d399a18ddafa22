import { describe, expect, it } from 'vitest'
import { Belief } from '../../environments/alfworld/belief.ts'
import { createRandom } from '../../support/random.ts'
import { gradeAnswer } from './grade-answer.ts'
import { ask, type Question, type QuestionKind, questionKinds, questionWeights } from './questions.ts'
import type { Sight } from './sight.ts'

const places = ['cabinet 1', 'desk 1', 'desk 2', 'shelf 1']
const walks = places.map((place) => `go to ${place}`)

type Moment = [action: string, observation: string, candidates: string[]]
const atDesk: Moment = [
  'go to desk 1',
  'On the desk 1, you see a mug 1, a mug 2, and a pen 3.',
  [
    ...walks.filter((walk) => walk !== 'go to desk 1'),
    'examine desk 1',
    'take mug 1 from desk 1',
    'take mug 2 from desk 1',
    'take pen 3 from desk 1',
  ],
]
const atCabinet: Moment = [
  'go to cabinet 1',
  'The cabinet 1 is closed.',
  [...walks.filter((walk) => walk !== 'go to cabinet 1'), 'examine cabinet 1', 'open cabinet 1'],
]
const takeMug: Moment = ['take mug 1 from desk 1', 'You take it.', [...walks, 'examine desk 1']]

function sight(...moments: Moment[]): Sight {
  const belief = new Belief('', { observation: `You see a ${places.join(', a ')}.`, candidates: walks })
  for (const [action, observation, candidates] of moments) belief.update(action, { observation, candidates })
  return {
    belief,
    types: ['knife', 'mug', 'pen'],
    knowledge: {
      draw: (type, random) => (type === 'knife' ? random.choice(['drawer', 'drawer', 'desk']) : undefined),
      holds: (place, type) => type === 'knife' && ['drawer', 'desk'].includes(place),
    },
  }
}

/** All questions of a kind that a moment can give, by their text. */
function asked(kind: QuestionKind, at: Sight): Map<string, Question[]> {
  const found = Array.from({ length: 200 }, (_, seed) => ask(kind, at, createRandom(seed, kind)))
  return Map.groupBy(
    found.filter((question) => question !== undefined),
    ({ question }) => question,
  )
}

const nowhere = sight()
const desk = sight(atDesk)
const cabinet = sight(atDesk, atCabinet)
const holding = sight(atDesk, takeMug)
const washed = sight(
  atDesk,
  ['take mug 1 from desk 1', 'You take it.', [...walks, 'clean mug 1 with sinkbasin 1']],
  ['clean mug 1 with sinkbasin 1', 'You clean it.', walks],
)

describe('right answers are accepted, wrong ones refused', () => {
  it.each<[QuestionKind, string, Sight, right: string[], wrong: string[]]>([
    [
      'presence',
      'do I see a mug?',
      desk,
      ['I need a mug. I see mug 1 here.', 'I need a mug. I see mug 2 here.'],
      [
        'I need a mug. I see none here.',
        'I need a mug. I see mug 3 here.',
        'I need a pen. I see pen 3 here.',
        'I need a mug. I see mug 1 here. ACTION: look',
      ],
    ],
    [
      'presence',
      'do I see a knife?',
      desk,
      ['I need a knife. I see none here.'],
      ['I need a knife. I see knife 1 here.', 'I need a mug. I see none here.'],
    ],
    ['presence', 'do I see a mug?', cabinet, ['I need a mug. I see none here.'], ['I need a mug. I see mug 1 here.']],
    [
      'take',
      'take a mug if you see one',
      desk,
      [
        'I need a mug. I see mug 1 here. ACTION: take mug 1 from desk 1',
        'I need a mug. I see mug 2 here. ACTION: take mug 2 from desk 1',
      ],
      [
        'I need a mug. I see mug 1 here. ACTION: take mug 2 from desk 1',
        'I need a mug. I see mug 1 here.',
        'I need a mug. I see none here.',
        'I need a pen. I see pen 3 here. ACTION: take pen 3 from desk 1',
      ],
    ],
    [
      'take',
      'take a knife if you see one',
      desk,
      ['I need a knife. I see none here.'],
      [
        'I need a knife. I see none here. ACTION: look',
        'I need a knife. I see knife 1 here. ACTION: take knife 1 from desk 1',
      ],
    ],
    [
      'locate',
      'where could a mug be?',
      desk,
      ['I need a mug. I see mug 1 here.', 'I need a mug. I see mug 2 here.'],
      ['I have not looked at desk 2.', 'I need a mug. I saw mug 1 at desk 1.'],
    ],
    [
      'locate',
      'where could a mug be?',
      cabinet,
      [
        'I need a mug. I see none here. I saw mug 1 at desk 1.',
        'I need a mug. I see none here. I saw mug 2 at desk 1.',
      ],
      [
        'I need a mug. I see none here. I saw mug 1 at desk 2.',
        'I need a mug. I saw mug 1 at desk 1.',
        'I need a mug. I see none here. I have not looked at shelf 1.',
      ],
    ],
    [
      'locate',
      'where could a knife be?',
      desk,
      [
        'I need a knife. I see none here. I have not looked at desk 2.',
        ...['cabinet 1', 'shelf 1'].map((place) => `I need a knife. I see none here. I have not looked at ${place}.`),
      ],
      [
        'I need a knife. I see none here. I have not looked at desk 1.',
        'I have not looked at desk 2.',
        'I need a knife. I see none here. I saw knife 1 at desk 2.',
      ],
    ],
    [
      'locate',
      'where could a knife be?',
      nowhere,
      places.map((place) => `I need a knife. I have not looked at ${place}.`),
      ['I need a knife. I see none here. I have not looked at desk 1.', 'I have not looked at bed 1.'],
    ],
    [
      'explore',
      'go where I have not looked',
      desk,
      [...['cabinet 1', 'desk 2', 'shelf 1'].map((place) => `I have not looked at ${place}. ACTION: go to ${place}`)],
      [
        'I have not looked at desk 1. ACTION: go to desk 1',
        'I have not looked at desk 2. ACTION: go to shelf 1',
        'I have not looked at desk 2.',
        'I have not looked at bed 1. ACTION: go to bed 1',
      ],
    ],
    [
      'left',
      'where have I not looked?',
      desk,
      ['I have not looked at cabinet 1, desk 2, shelf 1.'],
      [
        'I have not looked at cabinet 1, desk 2.',
        'I have not looked at cabinet 1, desk 1, desk 2, shelf 1.',
        'I have not looked at desk 2, cabinet 1, shelf 1.',
      ],
    ],
    [
      'unseenOfType',
      'name a desk where I have not looked',
      desk,
      ['I have not looked at desk 2.'],
      ['I have not looked at desk 1.', 'I have looked at every desk.', 'I have not looked at shelf 1.'],
    ],
    [
      'visited',
      'have I looked at desk 1?',
      desk,
      ['I have looked at desk 1.'],
      ['I have not looked at desk 1.', 'I have looked at desk 2.'],
    ],
    [
      'visited',
      'have I looked at cabinet 1?',
      cabinet,
      ['I have not looked at cabinet 1.'],
      ['I have looked at cabinet 1.'],
    ],
    [
      'recall',
      'where did I see a mug?',
      cabinet,
      ['I need a mug. I saw mug 1 at desk 1.', 'I need a mug. I saw mug 2 at desk 1.'],
      ['I need a mug. I saw mug 1 at desk 2.', 'I need a mug. I have not seen one.'],
    ],
    [
      'recall',
      'where did I see a knife?',
      cabinet,
      ['I need a knife. I have not seen one.'],
      ['I need a knife. I saw knife 1 at desk 1.'],
    ],
    [
      'recall',
      'where did I see a mug?',
      holding,
      ['I need a mug. I saw mug 2 at desk 1.'],
      ['I need a mug. I saw mug 1 at desk 1.'],
    ],
    ['holding', 'what do I hold?', desk, ['I hold nothing.'], ['I hold mug 1.']],
    [
      'another',
      'do I see a mug other than mug 1?',
      desk,
      ['I need another mug. I see mug 2 here.'],
      ['I need another mug. I see mug 1 here.', 'I need another mug. I see none here.'],
    ],
    [
      'another',
      'do I see a pen other than pen 3?',
      desk,
      ['I need another pen. I see none here.'],
      ['I need another pen. I see pen 3 here.', 'I need another pen. I see mug 1 here.'],
    ],
    [
      'match',
      'do I hold a mug?',
      holding,
      ['I need a mug. I hold mug 1.'],
      ['I need a mug. I hold mug 1. That is none.'],
    ],
    [
      'match',
      'do I hold a pen?',
      holding,
      ['I need a pen. I hold mug 1. That is none.'],
      ['I need a pen. I hold mug 1.'],
    ],
    ['match', 'do I hold a pen?', desk, ['I need a pen. I hold nothing.'], ['I need a pen. I hold pen 3.']],
    ['treated', 'have I cleaned mug 1?', holding, ['I have not cleaned mug 1.'], ['I have cleaned mug 1.']],
    ['treated', 'have I cleaned mug 1?', washed, ['I have cleaned mug 1.'], ['I have not cleaned mug 1.']],
    ['treated', 'have I heated mug 1?', washed, ['I have not heated mug 1.'], ['I have heated mug 1.']],
    ['holding', 'what do I hold?', holding, ['I hold mug 1.'], ['I hold nothing.', 'I hold mug 2.']],
    [
      'door',
      'is something closed here?',
      cabinet,
      ['cabinet 1 is closed.'],
      ['Nothing is closed here.', 'desk 1 is closed.'],
    ],
    ['door', 'is something closed here?', desk, ['Nothing is closed here.'], ['cabinet 1 is closed.']],
    [
      'knowledge',
      'where may a knife be?',
      desk,
      ['A knife may be in a drawer.', 'A knife may be in a desk.'],
      ['A knife may be in a bed.', 'A mug may be in a drawer.', 'A knife may be in a drawer'],
    ],
    [
      'obey',
      'take pen 3 from desk 1',
      desk,
      ['I do what is asked. ACTION: take pen 3 from desk 1'],
      ['I do what is asked. ACTION: take mug 1 from desk 1', 'I do what is asked.', 'ACTION: take pen 3 from desk 1'],
    ],
  ])('%s: %s', (kind, text, at, right, wrong) => {
    const questions = asked(kind, at).get(text)
    expect(questions?.length, `${kind} asks this`).toBeGreaterThan(0)
    for (const question of questions!) {
      for (const answer of right) expect(gradeAnswer(question, ` ${answer}`), answer).toBe(true)
      for (const answer of [...wrong, '', 'look']) expect(gradeAnswer(question, ` ${answer}`), answer).toBe(false)
      // Its own answer is one of the right ones.
      expect(right).toContain(
        question.action === undefined ? question.reason : `${question.reason} ACTION: ${question.action}`,
      )
    }
  })

  it('is tried above for every kind there is', () => {
    expect(Object.keys(questionWeights).sort()).toEqual([...questionKinds].sort())
    for (const kind of questionKinds) {
      const answered = [nowhere, desk, cabinet, holding].some((at) => asked(kind, at).size > 0)
      expect(answered, kind).toBe(true)
    }
  })
})

describe('moments that do not fit a question', () => {
  const everywhere = sight(
    ...places.map((place): Moment => [`go to ${place}`, 'It is empty.', [...walks, `examine ${place}`]]),
  )

  it.each<[QuestionKind, Sight]>([
    ['take', holding],
    ['explore', everywhere],
    ['left', everywhere],
    ['locate', everywhere],
  ])('%s is not asked', (kind, at) => {
    expect(asked(kind, at).size).toBe(0)
  })

  it('when all is seen, nothing of a class is left', () => {
    for (const [question] of asked('unseenOfType', everywhere).values())
      expect(question!.reason).toMatch(/^I have looked at every (cabinet|desk|shelf)\.$/)
  })
})

it('asks about a class in passing too, the class that is meant first', () => {
  const questions = [...asked('presence', desk).keys()]
  expect(questions.length).toBeGreaterThan(20)
  for (const [question] of asked('presence', desk).values())
    expect(question!.question).toContain(question!.reason.match(/^I need a ([a-z]+)/)![1])
  expect(questions.some((text) => /^a (clean|hot|cold) mug .*(desk|shelf|cabinet) is wanted/.test(text))).toBe(true)
})

it('a list of what is left ends after twelve', () => {
  const many = Array.from({ length: 15 }, (_, index) => `drawer ${index + 1}`)
  const belief = new Belief('', {
    observation: `You see a ${many.join(', a ')}.`,
    candidates: many.map((name) => `go to ${name}`),
  })
  const question = ask('left', { ...nowhere, belief }, createRandom(1))!
  expect(question.reason).toBe(`I have not looked at ${many.slice(0, 12).join(', ')}.`)
})
