import { typeOf } from '../../environments/alfworld/names.ts'
import type { Random } from '../../support/random.ts'
import { type Answerable, pickType, type Sight, seenHere, sighting } from './sight.ts'
import { wordQuestion } from './wordings.ts'

/** The general skills that the text teaches and the exam tests, one function each: undefined where the moment does not fit. */
export const questionMakers = {
  /** Noticing that something is there, or absent. */
  presence(sight, random) {
    const type = pickType(sight.belief, sight.types, random)
    return { question: wordQuestion('presence', type, sight, random), ...sighting(sight.belief, type, random) }
  },
  /** Picking up a thing of a class if it is there. */
  take(sight, random) {
    const { belief, types } = sight
    if (belief.holding !== undefined) return undefined
    const type = pickType(belief, types, random)
    const question = wordQuestion('take', type, sight, random)
    const options = seenHere(belief, type).flatMap(({ object, place }) => {
      const action = `take ${object} from ${place}`
      return belief.can(action) ? [{ reason: `I need a ${type}. I see ${object} here.`, action }] : []
    })
    if (options.length === 0)
      return seenHere(belief, type).length > 0 ? undefined : { question, reason: `I need a ${type}. I see none here.` }
    return {
      question,
      ...random.choice(options),
      isRight: (answer) => options.some(({ reason, action }) => answer.reason === reason && answer.action === action),
    }
  },
  /** Where something is: here, where it was seen, or else some place not looked at (any, without preference). */
  locate(sight, random) {
    const { belief, types } = sight
    const type = pickType(belief, types, random)
    const question = wordQuestion('locate', type, sight, random)
    if (seenHere(belief, type).length > 0) return { question, ...sighting(belief, type, random) }
    const need = `I need a ${type}. ${belief.here.length > 0 ? 'I see none here. ' : ''}`
    const known = belief.whereIs(type).map(([object, place]) => `${need}I saw ${object} at ${place}.`)
    const unseen = belief.unseen().map((place) => `${need}I have not looked at ${place}.`)
    const answers = known.length > 0 ? known : unseen
    if (answers.length === 0) return undefined
    return { question, reason: random.choice(answers), isRight: ({ reason }) => answers.includes(reason) }
  },
  /** Going where one has not been. */
  explore({ belief }, random) {
    const unseen = belief.unseen().filter((name) => belief.can(`go to ${name}`))
    if (unseen.length === 0) return undefined
    const place = random.choice(unseen)
    return {
      question: 'go where I have not looked',
      reason: `I have not looked at ${place}.`,
      action: `go to ${place}`,
      isRight: ({ reason, action }) =>
        unseen.some((name) => action === `go to ${name}` && reason === `I have not looked at ${name}.`),
    }
  },
  /** Listing what one has not been to: every item is a test of memory. */
  left({ belief }) {
    const unseen = new Set(belief.unseen())
    const left = [...belief.candidates].flatMap((action) => {
      const place = action.startsWith('go to ') ? action.slice('go to '.length) : ''
      return unseen.has(place) ? [place] : []
    })
    if (left.length === 0) return undefined
    return { question: 'where have I not looked?', reason: `I have not looked at ${left.slice(0, 12).join(', ')}.` }
  },
  /** The same within a class of furniture. */
  unseenOfType({ belief }, random) {
    const type = typeOf(random.choice(belief.receptacles))
    const unseen = belief.unseen().filter((name) => typeOf(name) === type)
    if (unseen.length === 0)
      return { question: `name a ${type} where I have not looked`, reason: `I have looked at every ${type}.` }
    return {
      question: `name a ${type} where I have not looked`,
      reason: `I have not looked at ${random.choice(unseen)}.`,
      isRight: ({ reason }) => unseen.some((name) => reason === `I have not looked at ${name}.`),
    }
  },
  /** Remembering whether one has been somewhere. */
  visited({ belief }, random) {
    const seen = belief.receptacles.filter((name) => belief.contents.has(name))
    const place = random.choice(
      seen.length > 0 && random.next() < 0.5 ? seen : belief.unseen().length > 0 ? belief.unseen() : seen,
    )
    return {
      question: `have I looked at ${place}?`,
      reason: belief.contents.has(place) ? `I have looked at ${place}.` : `I have not looked at ${place}.`,
    }
  },
  /** Remembering where something was. */
  recall(sight, random) {
    const { belief, types } = sight
    const known = [...belief.contents.values()].flatMap((contents) => [...contents].map(typeOf))
    const type = known.length > 0 && random.next() < 0.7 ? random.choice(known) : random.choice(types)
    const question = wordQuestion('recall', type, sight, random)
    const answers = belief.whereIs(type).map(([object, place]) => `I need a ${type}. I saw ${object} at ${place}.`)
    if (answers.length === 0) return { question, reason: `I need a ${type}. I have not seen one.` }
    return { question, reason: random.choice(answers), isRight: ({ reason }) => answers.includes(reason) }
  },
  /** Knowing what is in the hand. */
  holding({ belief }) {
    return {
      question: 'what do I hold?',
      reason: belief.holding === undefined ? 'I hold nothing.' : `I hold ${belief.holding}.`,
    }
  },
  /** Telling whether what is in the hand is of a class. */
  match(sight, random) {
    const { holding } = sight.belief
    const isRight = holding !== undefined && random.next() < 0.5
    const type = isRight ? typeOf(holding) : random.choice(sight.types)
    const held = `I need a ${type}. I hold ${holding ?? 'nothing'}.`
    const isOther = holding !== undefined && typeOf(holding) !== type
    return { question: wordQuestion('match', type, sight, random), reason: isOther ? `${held} That is none.` : held }
  },
  /** Noticing a second thing of a class. */
  another({ belief }, random) {
    const seen = belief.here.flatMap((place) => [...(belief.contents.get(place) ?? [])])
    if (seen.length === 0) return undefined
    const first = random.choice(seen)
    const type = typeOf(first)
    const answers = seenHere(belief, type).flatMap(({ object }) =>
      object === first ? [] : [`I need another ${type}. I see ${object} here.`],
    )
    const question = `do I see a ${type} other than ${first}?`
    if (answers.length === 0) return { question, reason: `I need another ${type}. I see none here.` }
    return { question, reason: random.choice(answers), isRight: ({ reason }) => answers.includes(reason) }
  },
  /** Remembering what was done to the thing in the hand. */
  treated({ belief }, random) {
    const { holding } = belief
    if (holding === undefined) return undefined
    const [verb, done] = random.choice([
      ['clean', 'cleaned'],
      ['heat', 'heated'],
      ['cool', 'cooled'],
    ] as const)
    const isDone = belief.done.get(holding)?.has(verb) ?? false
    return { question: `have I ${done} ${holding}?`, reason: `I have ${isDone ? '' : 'not '}${done} ${holding}.` }
  },
  /** What is in front of me, shut or open? */
  door({ belief }) {
    const question = 'is something closed here?'
    const answers = belief.here.filter((name) => belief.isClosed(name)).map((name) => `${name} is closed.`)
    if (answers.length === 0) return { question, reason: 'Nothing is closed here.' }
    return { question, reason: answers[0]!, isRight: ({ reason }) => answers.includes(reason) }
  },
  /** Where things usually are. */
  knowledge({ types, knowledge }, random) {
    const type = random.choice(types)
    const place = knowledge.draw(type, random)
    if (place === undefined) return undefined
    return {
      question: `where may a ${type} be?`,
      reason: `A ${type} may be in a ${place}.`,
      isRight: ({ reason }) => {
        const named = reason.match(/^A ([a-z]+) may be in a ([a-z]+)\.$/)
        return named?.[1] === type && knowledge.holds(named[2]!, type)
      },
    }
  },
  /** Doing literally what is said. */
  obey({ belief }, random) {
    const action = random.choice([...belief.candidates])
    return { question: action, reason: 'I do what is asked.', action }
  },
} satisfies Record<string, (sight: Sight, random: Random) => Answerable | undefined>
