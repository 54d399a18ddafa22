import { describe, expect, it } from 'vitest'
import { readDomain } from './domain.ts'

const domain = (action: string, more = '') => `(define (domain d)
  (:requirements :adl) (:types room box - place place object) (:functions (total-cost) - number)
  (:predicates (at ?p - place) (in ?x ?p - place) (lit)) ${more} (:action go ${action}))`

describe('readDomain', () => {
  it('reads types, predicates, constants and actions', () => {
    const read = readDomain(
      domain(':parameters (?p - place) :precondition (at ?p) :effect (lit)', '(:constants hall - room)'),
      'd',
    )
    expect([...read.types]).toEqual([
      ['room', 'place'],
      ['box', 'place'],
      ['place', 'object'],
    ])
    expect(read.predicates.get('in')).toEqual([
      { name: '?x', type: 'place' },
      { name: '?p', type: 'place' },
    ])
    expect(read.predicates.get('lit')).toEqual([])
    expect(read.constants).toEqual([{ name: 'hall', type: 'room' }])
    expect(read.actions[0]).toMatchObject({ name: 'go', parameters: [{ name: '?p', type: 'place' }] })
  })

  it('keeps a type that nobody declares, so that its variables range over nothing', () => {
    const text = domain(':parameters () :precondition (exists (?p - place, ?x - place) (in ?x ?p)) :effect (lit)')
    expect(readDomain(text, 'd').actions[0]!.precondition).toMatchObject({
      kind: 'exists',
      variables: [
        { name: '?p', type: 'place,' },
        { name: '?x', type: 'place' },
      ],
    })
  })

  it('flattens effects: when within forall, costs left out, in order', () => {
    const text = domain(`:parameters (?p - place) :effect (and (not (at ?p)) (increase (total-cost) 1)
      (forall (?x - box) (when (at ?x) (when (lit) (in ?x ?p)))))`)
    const [first, second, ...rest] = readDomain(text, 'd').actions[0]!.effects
    expect(rest).toEqual([])
    expect(first).toEqual({ positive: false, atom: { predicate: 'at', terms: ['?p'] }, variables: [] })
    expect(second).toMatchObject({
      positive: true,
      atom: { predicate: 'in', terms: ['?x', '?p'] },
      variables: [{ name: '?x', type: 'box' }],
      condition: { kind: 'and', parts: [{ kind: 'atom' }, { kind: 'atom', atom: { predicate: 'lit' } }] },
    })
  })

  it('rewrites imply, and takes () for an empty conjunction', () => {
    const action = (precondition: string) =>
      readDomain(domain(`:parameters (?p - place) :precondition ${precondition} :effect (lit)`), 'd').actions[0]!
        .precondition
    expect(action('()')).toEqual({ kind: 'and', parts: [] })
    expect(action('(imply (lit) (= ?p hall))')).toEqual({
      kind: 'or',
      parts: [
        { kind: 'not', part: { kind: 'atom', atom: { predicate: 'lit', terms: [] } } },
        { kind: 'equal', left: '?p', right: 'hall' },
      ],
    })
  })

  it.each([
    [':parameters (?p - place) :effect (on ?p)', 'GAME_PREDICATE_UNKNOWN', 'action go'],
    [':parameters (?p - place) :effect (at ?q)', 'GAME_PDDL_INVALID', 'found "?q"'],
    [':parameters (?p - place) :effect (at ?p ?p)', 'GAME_PDDL_INVALID', '1 argument(s) for "at"'],
    [
      ':parameters (?p - place) :precondition (not (at ?p) (lit)) :effect (lit)',
      'GAME_PDDL_INVALID',
      '1 part(s) in "not"',
    ],
    [':parameters (?p - (either room box)) :effect (lit)', 'GAME_PDDL_INVALID', 'either is not supported'],
    [':parameters (?p -) :effect (lit)', 'GAME_PDDL_INVALID', 'a type after "-"'],
    [':parameters', 'GAME_PDDL_INVALID', 'a list after :parameters'],
    [':duration (lit)', 'GAME_PDDL_INVALID', 'found :duration'],
  ])('rejects %s', (action, code, part) => {
    const error = (() => {
      try {
        return readDomain(domain(action), 'file.pddl')
      } catch (caught) {
        return caught
      }
    })()
    expect(error).toMatchObject({ code })
    expect((error as Error).message).toContain('file.pddl')
    expect((error as Error).message).toContain(part)
  })

  it('rejects axioms, which no household game has', () => {
    expect(() => readDomain(domain(':effect (lit)', '(:derived (lit) (at hall))'), 'd')).toThrow(
      'a section of an ADL domain',
    )
  })
})
