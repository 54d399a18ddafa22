import { describe, expect, it } from 'vitest'
import { branchesOf, scopeOf } from './engine/branch.ts'
import { recognizeGoal } from './goal.ts'
import { readDomain } from './pddl/domain.ts'
import { readProblem } from './pddl/problem.ts'
import { smallDomain } from './testing/small-game.ts'

const domain = readDomain(
  smallDomain.replace(
    '(isHot ?o - object)',
    '(isHot ?o - object) (isClean ?o - object) (isCool ?o - object) (cleanable ?o - object)',
  ),
  'd',
)
const goalOf = (goal: string) => {
  const problem = readProblem(`(define (problem p) (:init) (:goal ${goal}))`, domain, 'p')
  return recognizeGoal(branchesOf(problem.goal, scopeOf([]), 'goal'))
}
const placing = (more: string) =>
  `(and (exists (?r - receptacle) (exists (?o - object) (and ${more} (objectType ?o MugType) (receptacleType ?r SinkBasinType) (inReceptacle ?o ?r)))))`
const looking = (more = '') => `(and
  (exists (?ot - object ?r - receptacle ?a - agent ?l - location) (and (objectType ?ot DeskLampType) (toggleable ?ot) (isToggled ?ot)
    (receptacleAtLocation ?r ?l) (atLocation ?a ?l) (inReceptacle ?ot ?r)))
  (exists (?o - object ?a - agent) (and ${more} (objectType ?o MugType) (holds ?a ?o))))`

describe('recognizeGoal', () => {
  it.each([
    ['place', placing('')],
    ['clean', placing('(cleanable ?o) (isClean ?o)')],
    ['heat', placing('(heatable ?o) (isHot ?o)')],
    ['cool', placing('(isCool ?o)')],
  ])('%s', (kind, goal) => {
    expect(goalOf(goal)).toEqual({ kind, object: 'mug', receptacle: 'sinkbasin' })
  })

  it('two, and only in one receptacle', () => {
    const two = (
      r: string,
    ) => `(exists (?r ?s - receptacle ?x ?y - object) (and (not (= ?y ?x)) (objectType ?x MugType) (objectType ?y MugType)
      (receptacleType ?r BoxType) (inReceptacle ?x ?r) (inReceptacle ?y ${r})))`
    expect(goalOf(two('?r'))).toEqual({ kind: 'two', object: 'mug', receptacle: 'box' })
    expect(goalOf(two('?s'))).toEqual({ kind: 'other' })
  })

  it('look', () => {
    expect(goalOf(looking())).toEqual({ kind: 'look', object: 'mug', lamp: 'desklamp' })
  })

  it.each([
    placing('(isHot ?o) (isClean ?o)'),
    placing('(not (isHot ?o))'),
    placing('(opened ?r)'),
    looking('(isHot ?o)'),
    '(exists (?o - object) (and (objectType ?o MugType) (isHot ?o)))',
    `(or ${placing('')} ${looking()})`,
    '(forall (?r - receptacle) (opened ?r))',
  ])('leaves other goals alone: %s', (goal) => {
    expect(goalOf(goal)).toEqual({ kind: 'other' })
  })
})
