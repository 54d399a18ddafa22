import { describe, expect, it } from 'vitest'
import { createGame } from '../game.ts'
import { readGameFile } from '../game-file.ts'
import { smallDomain, smallGameText, smallGrammar } from '../testing/small-game.ts'
import { hasOldText, withTextVersion } from './text-version.ts'

// The small game with those texts of ALFWorld that differ between the versions.
const grammar = smallGrammar
  .replace('You stand at {lend.name} now.', 'You arrive at {r.name}.')
  .replace('stow {o} at {r}', 'move {o} to {r}')
  .replace('The {o.name} goes to the {r.name}.', 'You move the {o.name} to the {r.name}.')
  .replace('action advice', 'action help')
const domain = smallDomain.replace(/\n \(:action advice.*\n/, '\n').replace(
  /\n\)$/,
  `
(:action help
    :parameters (?a - agent)
    :precondition ()
    :effect (and (checked ?a))
)
)
`,
)
const newer = readGameFile(
  smallGameText({ domain, grammar, walkthrough: ['walk to table 1', 'move cup 2 to oven 1'] }),
  'g',
)

describe('withTextVersion', () => {
  it('leaves the text alone by default', () => {
    expect(withTextVersion(newer, 'as-is', 'g')).toBe(newer)
    expect(createGame(newer, 'g').start().candidates).toContain('advice')
  })

  it('gives a newer game the old wording', () => {
    const older = withTextVersion(newer, '2.1.1', 'g')
    expect(older.walkthrough).toEqual(['walk to table 1', 'put cup 2 in/on oven 1'])
    const session = createGame(older, 'g').start()
    expect(session.candidates).not.toContain('advice')
    expect(session.step('walk to table 1').text).toBe(
      'You arrive at loc 3. Upon the table 1: a cup 2, a lamp 1, and a pie 1.',
    )
    session.step('grab cup 2 out of table 1')
    expect(session.step('put cup 2 in/on table 1').text).toBe('You put the cup 2 in/on the table 1.')
    expect(hasOldText(older)).toBe(true)
    expect(withTextVersion(older, '2.1.1', 'g')).toBe(older)
  })

  it('says so when the texts are others', () => {
    expect(() => withTextVersion(readGameFile(smallGameText(), 'g'), '2.1.1', 'cottage.tw-pddl')).toThrow(
      'cottage.tw-pddl: grammar',
    )
  })
})
