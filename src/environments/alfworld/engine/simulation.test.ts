import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../support/random.ts'
import { parseGame } from '../game.ts'
import { readDomain } from '../pddl/domain.ts'
import { readProblem } from '../pddl/problem.ts'
import { NaiveWorld } from '../testing/naive.ts'
import { smallDomain, smallGameText, smallGrammar } from '../testing/small-game.ts'

const templates = new Map([
  ['glance', 'glance about'],
  ['pockets', 'check pockets'],
  ['advice', 'advice'],
  ['inspectplace', 'inspect {r}'],
  ['inspectthing', 'inspect {o}'],
  ['walk', 'walk to {r}'],
  ['unlatch', 'unlatch {r}'],
  ['latch', 'latch {r}'],
  ['grab', 'grab {o} out of {r}'],
  ['stow', 'stow {o} at {r}'],
  ['bake', 'bake {o} by {r}'],
  ['flick', 'flick {o}'],
  ['tidy', 'tidy {r}'],
  ['swap', 'swap {p} for {q}'],
  ['seal', 'seal {r}'],
  ['cheer', 'cheer for {o}'],
])

/** Constructs that the official domain does not use: forall, imply, negated exists, equality, constants, quantified effects. */
const furtherActions = `
 (:action tidy :parameters (?r - receptacle)
   :precondition (and (not (exists (?o - object) (and (inReceptacle ?o ?r) (isHot ?o))))
     (exists (?o - object) (inReceptacle ?o ?r)))
   :effect (and (forall (?o - object) (when (and (inReceptacle ?o ?r) (not (= ?o Lamp_bar_1))) (isHot ?o)))
     (not (opened ?r))))
 (:action swap :parameters (?p - object ?q - object)
   :precondition (and (pickupable ?p) (pickupable ?q) (not (= ?p ?q))
     (exists (?r - receptacle) (and (inReceptacle ?p ?r) (inReceptacle ?q ?r) (imply (openable ?r) (opened ?r)))))
   :effect (and (when (isHot ?p) (and (isHot ?q) (not (isHot ?p)))) (when (isHot ?q) (isHot ?p))))
 (:action seal :parameters (?r - receptacle)
   :precondition (and (openable ?r) (forall (?o - object) (or (not (inReceptacle ?o ?r)) (isHot ?o) (toggleable ?o)))
     (not (atLocation agent1 loc_bar_0)))
   :effect (and (not (opened ?r)) (forall (?x - receptacle) (opened ?x))))
 (:action cheer :parameters (?o - object)
   :precondition (and (not (pickupable ?o)) (not (exists (?x - location ?y - otype ?z - rtype) (or (= ?o ?x) (= ?o ?y) (= ?o ?z))))
     (toggleable ?o))
   :effect (and (isToggled ?o) (not (isOn ?o))))
)`
const furtherTexts = `
action tidy { template :: "tidy {r}"; feedback :: "Tidy."; }
action swap { template :: "swap {p} for {q}"; feedback :: "Swapped."; }
action seal { template :: "seal {r}"; feedback :: "Sealed."; }
action cheer { template :: "cheer for {o}"; feedback :: "Hooray."; }
`
const richDomain = smallDomain.trimEnd().replace(/\)$/, furtherActions)
const richGrammar = smallGrammar + furtherTexts

function compareOnWalk(text: string, seed: number, steps: number): Set<string> {
  const game = parseGame(text, 'small')
  const file = JSON.parse(text) as { pddl_domain: string; pddl_problem: string }
  const domain = readDomain(file.pddl_domain, 'small')
  const naive = new NaiveWorld(domain, readProblem(file.pddl_problem, domain, 'small'))
  const session = game.start()
  const random = createRandom(seed)
  const verbs = new Set<string>()
  let result = session.reset()
  for (let i = 0; i < steps; i++) {
    const actions = naive.actions(templates)
    expect(result.candidates).toEqual([...actions.keys()].sort())
    expect(result.done).toBe(naive.isWon)
    const command = random.choice(result.candidates)
    verbs.add(command.split(' ')[0]!)
    actions.get(command)!()
    result = session.step(command)
  }
  return verbs
}

describe('Simulation', () => {
  it('offers and does what PDDL by the book does', () => {
    const verbs = compareOnWalk(smallGameText(), 1, 60)
    expect(verbs).toContain('stow')
  })

  it('handles quantifiers, equality, constants and conditional effects', () => {
    const text = smallGameText({ domain: richDomain, grammar: richGrammar })
    const verbs = new Set([1, 2].flatMap((seed) => [...compareOnWalk(text, seed, 40)]))
    for (const verb of ['tidy', 'swap', 'seal', 'cheer']) expect(verbs).toContain(verb)
  })

  it('works with an agent in two places at once, and with none', () => {
    compareOnWalk(smallGameText({ moreFacts: '(atLocation agent1 loc_bar_1)' }), 3, 25)
    const nowhere = smallGameText().replace('(atLocation agent1 loc_bar_0)', '')
    compareOnWalk(nowhere, 4, 10)
  })

  it('judges goals with negation, disjunction and quantifiers', () => {
    const goal = `(and (forall (?o - object) (imply (inReceptacle ?o Table_bar_1) (toggleable ?o)))
      (or (holds agent1 Pen_bar_1) (not (exists (?r - receptacle) (opened ?r)))))`
    const text = smallGameText({ goal, moreFacts: '(opened Oven_bar_1)' })
    for (const seed of [5, 6]) compareOnWalk(text, seed, 30)
  })
})
