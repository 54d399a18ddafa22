import { LeapError } from '../../../contracts/error.ts'
import { type Expression, readExpression } from './expression.ts'
import type { ActionSchema, Condition, Domain, Effect, TypedName } from './model.ts'
import { malformed, type ReadingContext, readCondition, readEffects, readTypedNames } from './reader.ts'

/**
 * Reads a PDDL domain (ADL with types and action costs; costs are ignored).
 *
 * @throws LeapError `GAME_PDDL_INVALID`, `GAME_PREDICATE_UNKNOWN`, both naming file and action.
 */
export function readDomain(text: string, source: string): Domain {
  const [define, header, ...sections] = readExpression(text, source, 'domain')
  const predicates = new Map<string, readonly TypedName[]>()
  const at = (construct: string): ReadingContext => ({ source, construct, predicates })
  const top = at('domain')
  if (define !== 'define' || !Array.isArray(header) || header[0] !== 'domain' || typeof header[1] !== 'string') {
    throw malformed(top, '"(define (domain name) ..."', header ?? define)
  }
  const types = new Map<string, string>()
  let constants: TypedName[] = []
  const actionTexts: Expression[][] = []
  for (const section of sections) {
    if (!Array.isArray(section)) throw malformed(top, 'a section "(:name ...)"', section)
    const [kind, ...rest] = section
    if (kind === ':types') {
      // The root is given; files that declare it again as its own child mean nothing by it.
      for (const { name, type } of readTypedNames(rest, at('domain, :types')))
        if (name !== 'object') types.set(name, type)
    } else if (kind === ':constants') constants = readTypedNames(rest, at('domain, :constants'))
    else if (kind === ':predicates') {
      for (const declared of rest) {
        if (!Array.isArray(declared) || typeof declared[0] !== 'string')
          throw malformed(top, 'a predicate declaration', declared)
        predicates.set(declared[0], readTypedNames(declared.slice(1), at(`domain, predicate ${declared[0]}`)))
      }
    } else if (kind === ':action') actionTexts.push(rest)
    else if (kind !== ':requirements' && kind !== ':functions')
      throw malformed(top, 'a section of an ADL domain', section)
  }
  const actions = actionTexts.map((action) => readAction(action, at))
  return { name: header[1], types, predicates, constants, actions }
}

function readAction(parts: Expression[], at: (construct: string) => ReadingContext): ActionSchema {
  const [name, ...fields] = parts
  if (typeof name !== 'string') throw malformed(at('domain'), 'the name of an action', name)
  const context = at(`domain, action ${name}`)
  let parameters: TypedName[] = []
  let precondition: Condition = { kind: 'and', parts: [] }
  let effects: Effect[] = []
  for (let i = 0; i < fields.length; i += 2) {
    const value = fields[i + 1]
    if (!Array.isArray(value)) throw malformed(context, `a list after ${String(fields[i])}`, value)
    if (fields[i] === ':parameters') parameters = readTypedNames(value, context)
    else if (fields[i] === ':precondition') precondition = readCondition(value, context)
    else if (fields[i] === ':effect') effects = readEffects(value, context)
    else throw malformed(context, ':parameters, :precondition or :effect', fields[i])
  }
  const known = new Set(parameters.map((parameter) => parameter.name))
  checkVariables(precondition, known, context)
  for (const effect of effects) {
    const inner = new Set([...known, ...effect.variables.map((variable) => variable.name)])
    checkVariables({ kind: 'atom', atom: effect.atom }, inner, context)
    if (effect.condition !== undefined) checkVariables(effect.condition, inner, context)
  }
  return { name, parameters, precondition, effects }
}

/** Throws `GAME_PDDL_INVALID` when a condition uses a variable that nothing declares. */
export function checkVariables(condition: Condition, known: ReadonlySet<string>, context: ReadingContext): void {
  const check = (term: string) => {
    if (term.startsWith('?') && !known.has(term)) {
      throw new LeapError({
        code: 'GAME_PDDL_INVALID',
        message: `${context.source}: ${context.construct}: expected a declared variable, found "${term}"`,
      })
    }
  }
  if (condition.kind === 'atom') condition.atom.terms.forEach(check)
  else if (condition.kind === 'equal') [condition.left, condition.right].forEach(check)
  else if (condition.kind === 'not') checkVariables(condition.part, known, context)
  else if (condition.kind === 'and' || condition.kind === 'or') {
    for (const part of condition.parts) checkVariables(part, known, context)
  } else {
    const inner = new Set([...known, ...condition.variables.map((variable) => variable.name)])
    checkVariables(condition.part, inner, context)
  }
}
