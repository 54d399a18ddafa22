import { LeapError } from '../../../contracts/error.ts'
import { type Expression, showExpression } from './expression.ts'
import type { Atom, Condition, Effect, TypedName } from './model.ts'

/** What the readers of the parts need: where they are, for messages, and the predicates that exist. */
export interface ReadingContext {
  readonly source: string
  /** What is being read: `domain, action OpenObject`. */
  readonly construct: string
  readonly predicates: ReadonlyMap<string, readonly TypedName[]>
}

/** The error of every reader of PDDL parts. */
export function malformed(context: ReadingContext, expected: string, found: Expression | undefined): LeapError {
  return new LeapError({
    code: 'GAME_PDDL_INVALID',
    message: `${context.source}: ${context.construct}: expected ${expected}, found ${showExpression(found)}`,
  })
}

/**
 * Reads `a b - type c`. A type that nobody declares is kept as it is: it has no objects, so a variable of that type ranges over
 * nothing. (ALFWorld's `examineObject` depends on this: the comma of `?l - location, ?r` belongs to the type's name.)
 */
export function readTypedNames(items: readonly Expression[], context: ReadingContext): TypedName[] {
  const names: TypedName[] = []
  let waiting: string[] = []
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!
    if (item === '-') {
      const type = items[++i]
      if (typeof type !== 'string') {
        if (Array.isArray(type) && type[0] === 'either')
          throw malformed(context, 'one type (either is not supported)', type)
        throw malformed(context, 'a type after "-"', type)
      }
      for (const name of waiting) names.push({ name, type })
      waiting = []
    } else if (typeof item === 'string') waiting.push(item)
    else throw malformed(context, 'a name', item)
  }
  for (const name of waiting) names.push({ name, type: 'object' })
  return names
}

/** Reads `(predicate term ...)`. Throws `GAME_PREDICATE_UNKNOWN` for one that the domain does not declare with that many arguments. */
export function readAtom(expression: Expression, context: ReadingContext): Atom {
  if (!Array.isArray(expression)) throw malformed(context, 'an atom "(predicate term ...)"', expression)
  const predicate = expression[0]
  if (typeof predicate !== 'string') throw malformed(context, 'an atom "(predicate term ...)"', expression)
  const declared = context.predicates.get(predicate)
  if (declared === undefined) {
    throw new LeapError({
      code: 'GAME_PREDICATE_UNKNOWN',
      message: `${context.source}: ${context.construct}: expected a predicate of the domain, found "${predicate}" in ${showExpression(expression)}`,
      remedy: `The domain declares ${[...context.predicates.keys()].join(', ')}.`,
    })
  }
  if (declared.length !== expression.length - 1) {
    throw malformed(context, `${declared.length} argument(s) for "${predicate}"`, expression)
  }
  for (let i = 1; i < expression.length; i++) {
    if (typeof expression[i] !== 'string') throw malformed(context, `names as arguments of "${predicate}"`, expression)
  }
  return { predicate, terms: expression.slice(1) as string[] }
}

/** Reads a condition: and, or, not, imply, exists, forall, =, an atom, or `()`. */
export function readCondition(expression: Expression, context: ReadingContext): Condition {
  if (!Array.isArray(expression)) throw malformed(context, 'a condition', expression)
  const [head, ...rest] = expression
  const only = (count: number) => {
    if (rest.length !== count) throw malformed(context, `${count} part(s) in "${String(head)}"`, expression)
  }
  switch (head) {
    case undefined:
      return { kind: 'and', parts: [] }
    case 'and':
    case 'or':
      return { kind: head, parts: rest.map((part) => readCondition(part, context)) }
    case 'not':
      only(1)
      return { kind: 'not', part: readCondition(rest[0]!, context) }
    case 'imply': {
      only(2)
      const [left, right] = rest.map((part) => readCondition(part, context))
      return { kind: 'or', parts: [{ kind: 'not', part: left! }, right!] }
    }
    case 'exists':
    case 'forall': {
      only(2)
      if (!Array.isArray(rest[0])) throw malformed(context, `a variable list after "${head}"`, rest[0])
      return { kind: head, variables: readTypedNames(rest[0], context), part: readCondition(rest[1]!, context) }
    }
    case '=':
      only(2)
      if (typeof rest[0] !== 'string' || typeof rest[1] !== 'string')
        throw malformed(context, 'two names after "="', expression)
      return { kind: 'equal', left: rest[0], right: rest[1] }
    default:
      return { kind: 'atom', atom: readAtom(expression, context) }
  }
}

/** Reads an effect into its atoms: and, not, when, forall; changes of numbers (`increase`) are left out. */
export function readEffects(expression: Expression, context: ReadingContext): Effect[] {
  return collectEffects(expression, context, undefined, [])
}

function collectEffects(
  expression: Expression,
  context: ReadingContext,
  condition: Condition | undefined,
  variables: readonly TypedName[],
): Effect[] {
  if (!Array.isArray(expression)) throw malformed(context, 'an effect', expression)
  const [head, ...rest] = expression
  const make = (positive: boolean, atom: Atom): Effect[] => [
    condition === undefined ? { positive, atom, variables } : { positive, atom, variables, condition },
  ]
  switch (head) {
    case undefined:
      return []
    case 'and':
      return rest.flatMap((part) => collectEffects(part, context, condition, variables))
    case 'not':
      if (rest.length !== 1) throw malformed(context, 'one atom in "not"', expression)
      return make(false, readAtom(rest[0]!, context))
    case 'when': {
      if (rest.length !== 2) throw malformed(context, 'a condition and an effect in "when"', expression)
      const own = readCondition(rest[0]!, context)
      const both: Condition = condition === undefined ? own : { kind: 'and', parts: [condition, own] }
      return collectEffects(rest[1]!, context, both, variables)
    }
    case 'forall': {
      if (rest.length !== 2 || !Array.isArray(rest[0]))
        throw malformed(context, 'variables and an effect in "forall"', expression)
      return collectEffects(rest[1]!, context, condition, [...variables, ...readTypedNames(rest[0], context)])
    }
    case 'increase':
      return []
    default:
      return make(true, readAtom(expression, context))
  }
}
