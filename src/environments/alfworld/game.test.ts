import { describe, expect, it } from 'vitest'
import { LeapError } from '../../contracts/error.ts'
import { parseGame } from './game.ts'
import { cupInOven, smallDomain, smallGameText, smallGrammar } from './testing/small-game.ts'

function errorOf(text: string): LeapError {
  try {
    parseGame(text, 'rooms/game.tw-pddl').start()
  } catch (error) {
    if (error instanceof LeapError) return error
    throw error
  }
  throw new Error('expected a LeapError')
}

describe('parseGame', () => {
  it('knows the task sentence, the stored solution and the goal', () => {
    const game = parseGame(smallGameText({ walkthrough: ['walk to table 1'] }), 'small')
    expect(game.goalText).toBe('get a cup into the oven.')
    expect(game.walkthrough).toEqual(['walk to table 1'])
    expect(game.goal).toEqual({ kind: 'place', object: 'cup', receptacle: 'oven' })
    expect(parseGame(smallGameText(), 'small')).not.toHaveProperty('walkthrough')
  })

  it('hashes what decides how the game plays, not the stored solution', () => {
    const plain = parseGame(smallGameText(), 'a').contentHash
    expect(plain).toMatch(/^[0-9a-f]{16}$/)
    expect(parseGame(smallGameText({ walkthrough: ['x'] }), 'b').contentHash).toBe(plain)
    expect(parseGame(smallGameText({ moreFacts: '(opened Oven_bar_1)' }), 'c').contentHash).not.toBe(plain)
  })

  const cases: [string, string, string, string][] = [
    ['truncated JSON', smallGameText().slice(0, 900), 'GAME_JSON_INVALID', '900 characters'],
    ['a missing field', '{"pddl_domain": "", "grammar": ""}', 'GAME_FIELD_INVALID', 'pddl_problem'],
    ['a game marked unsolvable', smallGameText({ solvable: false }), 'GAME_UNSOLVABLE', '"solvable": true'],
    ['an open parenthesis', smallGameText({ goal: '(and' }), 'GAME_PDDL_INVALID', 'problem, line'],
    [
      'an unknown predicate in a fact',
      smallGameText({ moreFacts: '(shiny Cup_bar_1)' }),
      'GAME_PREDICATE_UNKNOWN',
      'problem, :init: expected a predicate of the domain, found "shiny"',
    ],
    [
      'an unknown predicate in a goal',
      smallGameText({ goal: '(shiny Cup_bar_1)' }),
      'GAME_PREDICATE_UNKNOWN',
      'problem, :goal',
    ],
    [
      'an unknown predicate in an action',
      smallGameText({ domain: smallDomain.replace(':effect (isHot ?o)', ':effect (isWarm ?o)') }),
      'GAME_PREDICATE_UNKNOWN',
      'domain, action bake: expected a predicate of the domain, found "iswarm"',
    ],
    [
      'an unknown predicate in a text',
      smallGameText({ grammar: smallGrammar.replace('holdsany(a:agent)', 'hasany(a:agent)') }),
      'GAME_PREDICATE_UNKNOWN',
      'grammar, rule "pockets.answer": expected a predicate of the domain, found "hasany"',
    ],
    [
      'too few arguments',
      smallGameText({ moreFacts: '(inReceptacle Cup_bar_1)' }),
      'GAME_PDDL_INVALID',
      '2 argument(s) for "inreceptacle"',
    ],
    [
      'an undeclared object',
      smallGameText({ moreFacts: '(opened Chest_bar_1)' }),
      'GAME_OBJECT_UNKNOWN',
      'found "chest_bar_1"',
    ],
    ['an undeclared variable', smallGameText({ goal: '(opened ?r)' }), 'GAME_PDDL_INVALID', 'found "?r"'],
    [
      'a missing rule',
      smallGameText({ grammar: smallGrammar.replace('"look inside"', '"look outside"') }),
      'GAME_RULE_MISSING',
      'expected a rule "look inside"',
    ],
    [
      'a missing action text',
      smallGameText({ grammar: smallGrammar.replace('action bake', 'action boil') }),
      'GAME_RULE_MISSING',
      'action bake',
    ],
    [
      'a broken rule that is used',
      smallGameText({ grammar: smallGrammar.replace('{o.indefinite}', '{o.indefinite') }),
      'GAME_GRAMMAR_INVALID',
      'rule "entry(o)"',
    ],
    [
      'broken JSON in the grammar',
      smallGameText({ grammar: smallGrammar.replace('"never used":', '"never used"') }),
      'GAME_GRAMMAR_INVALID',
      'JSON',
    ],
    [
      'a variable that nothing binds',
      smallGameText({ grammar: smallGrammar.replace('You latch the {r.name}.', 'You latch the {x.name}.') }),
      'GAME_GRAMMAR_INVALID',
      'feedback of action latch: expected one of the variables a, l, r, found "x"',
    ],
    [
      'a query with too few arguments',
      smallGameText({ grammar: smallGrammar.replace('holds(a:agent, o:object)', 'holds(o:object)') }),
      'GAME_GRAMMAR_INVALID',
      'rule "pockets.answer": expected 2 argument(s) for "holds", found 1',
    ],
    [
      'a goal about a class that nothing belongs to',
      smallGameText({ goal: cupInOven.replace('CupType', 'TableType') }),
      'GAME_UNSOLVABLE',
      'tabletype, oventype',
    ],
    [
      'a goal about an undeclared class',
      smallGameText({ goal: cupInOven.replace('CupType', 'HatType') }),
      'GAME_UNSOLVABLE',
      '"hattype"',
    ],
    [
      'a goal that no container allows',
      smallGameText({ goal: cupInOven.replace('CupType', 'PenType') }),
      'GAME_UNSOLVABLE',
      'pentype',
    ],
    [
      'two of a thing of which there is one',
      smallGameText({
        goal: '(exists (?x - object ?y - object) (and (not (= ?x ?y)) (objectType ?x PieType) (objectType ?y PieType)))',
      }),
      'GAME_UNSOLVABLE',
      'pietype',
    ],
  ]
  it.each(cases)('names file and construct: %s', (_, text, code, part) => {
    const error = errorOf(text)
    expect(error.code).toBe(code)
    expect(error.message).toContain('rooms/game.tw-pddl')
    expect(error.message).toContain(part)
  })

  it('says so when a text leads back to itself', () => {
    const grammar = smallGrammar.replace('"rhs": "Your task is to: get a cup into the oven."', '"rhs": "#intro#"')
    expect(errorOf(smallGameText({ grammar }))).toMatchObject({ code: 'GAME_GRAMMAR_INVALID' })
  })
})
