import { describe, expect, it } from 'vitest'
import { readDomain } from './domain.ts'
import { readProblem } from './problem.ts'

const domain = readDomain('(define (domain d) (:types room) (:predicates (at ?r - room) (far ?a ?b - room)))', 'd')
const read = (text: string) => readProblem(`(define (problem p) (:domain d) ${text})`, domain, 'p.pddl')

describe('readProblem', () => {
  it('reads objects, facts and goal, and ignores numbers, negations and the metric', () => {
    const problem = read(`(:objects A b - room c) (:init (at a) (= (total-cost) 0) (not (at b)) (far a B))
      (:goal (at b)) (:metric minimize (total-cost))`)
    expect(problem.objects).toEqual([
      { name: 'a', type: 'room' },
      { name: 'b', type: 'room' },
      { name: 'c', type: 'object' },
    ])
    expect(problem.init).toEqual([
      { predicate: 'at', terms: ['a'] },
      { predicate: 'far', terms: ['a', 'b'] },
    ])
    expect(problem.goal).toEqual({ kind: 'atom', atom: { predicate: 'at', terms: ['b'] } })
  })

  it.each([
    ['(:init (at a))', 'expected a section (:goal ...)'],
    ['(:goal (at a))', 'expected a section (:init ...)'],
    ['(:init) (:goal (at a) (at b))', 'expected one condition'],
    ['(:init (near a)) (:goal (at a))', 'expected a predicate of the domain, found "near"'],
    ['(:init at) (:goal (at a))', 'expected an atom'],
    ['(:init) (:goal (at ?x))', 'expected a declared variable, found "?x"'],
    ['(:init) (:goal (at a)) (:constraints)', 'a section of a problem'],
  ])('rejects %s', (text, message) => {
    expect(() => read(text)).toThrow(message)
    expect(() => read(text)).toThrow('p.pddl')
  })
})
