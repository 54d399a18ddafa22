import type { Branch } from './branch.ts'
import type { FactBase } from './facts.ts'
import { chainSteps, type JoinContext, planJoin } from './join.ts'
import { bitOf, holds } from './relation.ts'
import type { RuleBook } from './rules.ts'
import type { Check } from './scan.ts'

const mostTries = 200_000

/**
 * Whether a goal can hold at all, as far as the unchanging facts tell: some objects of the named types exist, and each changing
 * fact holds at the start or is an effect of an action whose unchanging preconditions can be met. Sound, not complete: a goal
 * that passes can still be out of reach.
 */
export function isAttainable(goal: readonly Branch[], book: RuleBook, context: JoinContext): boolean {
  const possible = compilePossible(book, context)
  let tries = 0
  return goal.some((branch) => {
    const changing = branch.literals.filter(({ positive, predicate }) => positive && !isFixed(context.facts, predicate))
    const questions = changing.map((literal) => {
      const ask = possible(literal.predicate)
      const objects = new Int32Array(literal.terms.length)
      const terms = literal.terms.map((term) =>
        typeof term === 'number' ? term : -1 - (context.objects.indexOf.get(term) ?? -1),
      )
      if (literal.terms.some((term) => typeof term === 'string' && !context.objects.indexOf.has(term)))
        return () => false
      return (bindings: Int32Array) => {
        for (let k = 0; k < terms.length; k++) objects[k] = terms[k]! >= 0 ? bindings[terms[k]!]! : -1 - terms[k]!
        return ask(objects)
      }
    })
    const last: Check = (_, bindings) => ++tries > mostTries || questions.every((question) => question(bindings))
    const bindings = new Int32Array(branch.slotTypes.length)
    return chainSteps(planJoin(fixedPart(branch, context.facts), [], context), last)(context.facts.start, bindings)
  })
}

const isFixed = (facts: FactBase, predicate: string) => facts.truth.get(predicate)?.fixed !== undefined

/** A branch without what changes: weaker, so whatever the branch admits, this admits. */
const fixedPart = (branch: Branch, facts: FactBase): Branch => ({
  ...branch,
  literals: branch.literals.filter(({ predicate }) => isFixed(facts, predicate)),
  absent: [],
})

function compilePossible(
  book: RuleBook,
  context: JoinContext,
): (predicate: string) => (objects: Int32Array) => boolean {
  const { facts } = context
  const compiled = new Map<string, (objects: Int32Array) => boolean>()
  return (predicate) => {
    let ask = compiled.get(predicate)
    if (ask === undefined) {
      const relation = facts.truth.get(predicate)!
      const ways = book.rules.flatMap((rule) =>
        rule.effects
          .filter((effect) => effect.positive && effect.predicate === predicate)
          .flatMap((effect) =>
            rule.branches.map((branch) => {
              const slots = [...new Set(effect.terms.filter((term) => typeof term === 'number'))]
              const free = slots.filter((slot) => slot < rule.parameters.length)
              const check = chainSteps(planJoin(fixedPart(branch, facts), free, context), () => true)
              return { effect, check, size: Math.max(branch.slotTypes.length, ...slots.map((slot) => slot + 1)) }
            }),
          ),
      )
      const answers = new Map<number, boolean>()
      ask = (objects) => {
        const bit = bitOf(relation, objects)
        if (bit < 0) return false
        let answer = answers.get(bit)
        if (answer === undefined) {
          answer =
            holds(relation, facts.start, objects) ||
            ways.some(({ effect, check, size }) => {
              const bindings = new Int32Array(size)
              const agrees = effect.terms.every((term, k) => {
                if (typeof term === 'string') return context.objects.indexOf.get(term) === objects[k]
                bindings[term] = objects[k]!
                return true
              })
              return agrees && check(facts.start, bindings)
            })
          answers.set(bit, answer)
        }
        return answer
      }
      compiled.set(predicate, ask)
    }
    return ask
  }
}
