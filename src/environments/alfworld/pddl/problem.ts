import { checkVariables } from './domain.ts'
import { type Expression, readExpression } from './expression.ts'
import type { Atom, Condition, Domain, Problem, TypedName } from './model.ts'
import { malformed, type ReadingContext, readAtom, readCondition, readTypedNames } from './reader.ts'

/**
 * Reads a PDDL problem against its domain. Numeric facts (`(= (total-cost) 0)`) and the metric are ignored.
 *
 * @throws LeapError `GAME_PDDL_INVALID`, `GAME_PREDICATE_UNKNOWN`, naming file and section.
 */
export function readProblem(text: string, domain: Domain, source: string): Problem {
  const [define, header, ...sections] = readExpression(text, source, 'problem')
  const at = (construct: string): ReadingContext => ({ source, construct, predicates: domain.predicates })
  const top = at('problem')
  if (define !== 'define' || !Array.isArray(header) || header[0] !== 'problem' || typeof header[1] !== 'string') {
    throw malformed(top, '"(define (problem name) ..."', header ?? define)
  }
  let domainName = domain.name
  let objects: TypedName[] = []
  let init: Atom[] | undefined
  let goal: Condition | undefined
  for (const section of sections) {
    if (!Array.isArray(section)) throw malformed(top, 'a section "(:name ...)"', section)
    const [kind, ...rest] = section
    if (kind === ':domain') domainName = String(rest[0])
    else if (kind === ':objects') objects = readTypedNames(rest, at('problem, :objects'))
    else if (kind === ':init') init = readInit(rest, at('problem, :init'))
    else if (kind === ':goal') {
      const context = at('problem, :goal')
      if (rest.length !== 1) throw malformed(context, 'one condition', rest)
      goal = readCondition(rest[0]!, context)
      checkVariables(goal, new Set(), context)
    } else if (kind !== ':metric' && kind !== ':requirements') throw malformed(top, 'a section of a problem', section)
  }
  if (init === undefined) throw malformed(top, 'a section (:init ...)', undefined)
  if (goal === undefined) throw malformed(top, 'a section (:goal ...)', undefined)
  return { name: header[1], domain: domainName, objects, init, goal }
}

function readInit(facts: readonly Expression[], context: ReadingContext): Atom[] {
  const atoms: Atom[] = []
  for (const fact of facts) {
    const head = Array.isArray(fact) ? fact[0] : undefined
    // What is not stated is false, so a stated negation says nothing new.
    if (head === '=' || head === 'not') continue
    atoms.push(readAtom(fact, context))
  }
  return atoms
}
