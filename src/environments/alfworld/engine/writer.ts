import { LeapError } from '../../../contracts/error.ts'
import type { GrammarDocument } from '../grammar/document.ts'
import type { Query, QueryVariable } from '../grammar/query.ts'
import type { Item, Part } from '../grammar/template.ts'
import type { EntityField, Value } from '../grammar/value.ts'
import type { EntityName } from '../naming.ts'
import type { FactBase } from './facts.ts'
import type { ObjectTable } from './objects.ts'
import { parsedQuery, parsedTemplate } from './parsed-texts.ts'
import type { Bindings, Relation, State } from './relation.ts'
import { type Check, compileScan } from './scan.ts'

/** Writes a text about a state; the bindings hold the objects of the variables in sight. */
export type Write = (state: State, bindings: Bindings) => string

/** A compiled text and what it depends on: nothing but the objects in these slots, or also on the state. */
export interface Writer {
  readonly write: Write
  readonly isFixed: boolean
  readonly slots: ReadonlySet<number>
}

/** The variables in sight, slot by slot. */
export type TextScope = readonly QueryVariable[]

/** What texts are compiled against. */
export interface WriterContext {
  readonly objects: ObjectTable
  readonly facts: FactBase
  readonly entities: readonly EntityName[]
  readonly grammar: GrammarDocument
  readonly source: string
}

const deepest = 64

/**
 * Compiles the templates of one game. A rule is compiled once per scope in which it is used; parts that depend on nothing but one
 * object are written once per object.
 */
export class TextCompiler {
  readonly #context: WriterContext
  readonly #rules = new Map<string, Writer>()
  readonly #fields = new Map<EntityField, readonly string[]>()
  #depth = 0

  constructor(context: WriterContext) {
    this.#context = context
  }

  /** Compiles a command template, a feedback or a right-hand side. Throws `GAME_GRAMMAR_INVALID`, `GAME_RULE_MISSING`. */
  template(text: string, construct: string, scope: TextScope): Writer {
    return this.#join(
      parsedTemplate(text, this.#context.source, construct).map((part) => this.#part(part, construct, scope)),
    )
  }

  /** Compiles a rule of the grammar: the first alternative whose condition holds. */
  rule(name: string, construct: string, scope: TextScope): Writer {
    const key = `${name} ${scope.map((variable) => `${variable.name}:${variable.type}`).join()}`
    const known = this.#rules.get(key)
    if (known !== undefined) return known
    const alternatives = this.#context.grammar.rules.get(name)
    if (alternatives === undefined) throw missingRule(this.#context.source, construct, name)
    if (this.#depth >= deepest) {
      throw this.#invalid(construct, `rules nested at most ${deepest} deep`, `"${name}", which leads back to itself`)
    }
    const own = `rule "${name}"`
    const options: { check: Check | undefined; writer: Writer }[] = []
    this.#depth++
    try {
      for (const { rhs, condition } of alternatives) {
        const check = condition === undefined || condition === '' ? undefined : this.#exists(condition, own, scope)
        options.push({ check, writer: this.template(rhs, own, scope) })
        if (check === undefined) break
      }
    } finally {
      this.#depth--
    }
    const writer = options[0]!.check === undefined ? options[0]!.writer : this.#choose(options, own)
    this.#rules.set(key, writer)
    return writer
  }

  #choose(options: readonly { check: Check | undefined; writer: Writer }[], construct: string): Writer {
    const checks = options.map((option) => option.check)
    const writes = options.map((option) => option.writer.write)
    const write: Write = (state, bindings) => {
      for (let i = 0; i < checks.length; i++) {
        const check = checks[i]
        if (check === undefined || check(state, bindings)) return writes[i]!(state, bindings)
      }
      throw this.#invalid(construct, 'an alternative whose condition holds', 'none')
    }
    return { write, isFixed: false, slots: new Set() }
  }

  #part(part: Part, construct: string, scope: TextScope): Writer {
    if (part.kind === 'text') return constant(part.text)
    if (part.kind !== 'each') return this.#item(part, construct, scope)
    const scopes = part.query === undefined ? scope : extend(scope, part.query)
    const item = this.#item(part.item, construct, scopes)
    const list = part.list
      ? {
          empty: this.rule('list_empty', construct, scope).write,
          separator: this.rule('list_separator', construct, scope).write,
          last: this.rule('list_last_separator', construct, scope).write,
        }
      : undefined
    if (part.query === undefined) return item
    let found: string[] = []
    const collect = this.#query(part.query, construct, scope, (state, bindings) => {
      found.push(item.write(state, bindings))
      return false
    })
    const write: Write = (state, bindings) => {
      // Items can hold lists of their own, so the list being collected is put aside meanwhile.
      const outer = found
      found = []
      collect(state, bindings)
      const items = found
      found = outer
      if (list === undefined) return items.join('')
      if (items.length === 1) return items[0]!
      if (items.length === 0) return list.empty(state, bindings)
      const separator = list.separator(state, bindings)
      let text = items[0]!
      for (let i = 1; i < items.length - 1; i++) text += separator + items[i]!
      return text + list.last(state, bindings) + items.at(-1)!
    }
    const fixedQuery = part.query.every(({ predicate }) => this.#relation(predicate, construct).fixed !== undefined)
    const isFixed = fixedQuery && item.isFixed
    return { write, isFixed, slots: new Set(scope.map((_, slot) => slot)) }
  }

  #item(item: Item, construct: string, scope: TextScope): Writer {
    return item.kind === 'rule' ? this.rule(item.rule, construct, scope) : this.#value(item.value, construct, scope)
  }

  #value(value: Value, construct: string, scope: TextScope): Writer {
    if (value.kind === 'text') return constant(value.text)
    if (value.kind === 'field') {
      const slot = scope.findLastIndex((variable) => variable.name === value.variable)
      if (slot < 0)
        throw this.#invalid(
          construct,
          `one of the variables ${scope.map(({ name }) => name).join(', ') || '(none)'}`,
          `"${value.variable}"`,
        )
      const texts = this.#textsOf(value.field)
      return { write: (_, bindings) => texts[bindings[slot]!]!, isFixed: true, slots: new Set([slot]) }
    }
    const parts = value.parts.map((part) => this.#value(part, construct, scope))
    if (value.kind === 'join') return this.#join(parts)
    const write: Write = (state, bindings) => {
      for (const part of parts) {
        const text = part.write(state, bindings)
        if (text !== '') return text
      }
      return ''
    }
    return this.#remember({ write, isFixed: true, slots: union(parts) })
  }

  /** A field of every object. */
  #textsOf(field: EntityField): readonly string[] {
    let texts = this.#fields.get(field)
    if (texts === undefined) {
      const { objects, entities } = this.#context
      if (field === 'indefinite') texts = entities.map(() => 'a')
      else if (field === 'definite') texts = entities.map(() => 'the')
      else if (field === 'type') texts = objects.types
      else texts = entities.map((entity) => entity[field])
      this.#fields.set(field, texts)
    }
    return texts
  }

  /** Concatenates; neighbours that never change are written together once. */
  #join(parts: readonly Writer[]): Writer {
    const isFixed = parts.every((part) => part.isFixed)
    const writes = parts.map((part) => part.write)
    const slots = union(parts)
    const [first, second, third] = writes
    let write: Write
    if (first === undefined) write = () => ''
    else if (second === undefined) return parts[0]!
    else if (third === undefined) write = (state, bindings) => first(state, bindings) + second(state, bindings)
    else {
      write = (state, bindings) => {
        let text = ''
        for (let i = 0; i < writes.length; i++) text += writes[i]!(state, bindings)
        return text
      }
    }
    return this.#remember({ write, isFixed, slots })
  }

  /** Texts that depend on one object at most are kept per object. */
  #remember(writer: Writer): Writer {
    if (!writer.isFixed || writer.slots.size > 1) return writer
    const [slot] = writer.slots
    const kept: (string | undefined)[] = new Array(slot === undefined ? 1 : this.#context.objects.ids.length)
    const write: Write = (state, bindings) => {
      const object = slot === undefined ? 0 : bindings[slot]!
      return (kept[object] ??= writer.write(state, bindings))
    }
    return { ...writer, write }
  }

  #exists(condition: string, construct: string, scope: TextScope): Check {
    return this.#query(parsedQuery(condition, this.#context.source, construct), construct, scope, () => true)
  }

  #query(query: Query, construct: string, scope: TextScope, last: Check): Check {
    let seen: TextScope = scope
    const stages = query.map((literal) => {
      const before = seen
      seen = extend(seen, [literal])
      return { literal, before, after: seen }
    })
    return stages.reduceRight((next, { literal, before, after }) => {
      const places = literal.variables.map((variable) => slotIn(after, variable))
      const masks = new Map(
        after
          .slice(before.length)
          .map((variable, i) => [before.length + i, this.#context.objects.membersOf(variable.type)]),
      )
      const relation = this.#relation(literal.predicate, construct)
      if (relation.arity !== places.length) {
        throw this.#invalid(construct, `${relation.arity} argument(s) for "${literal.predicate}"`, `${places.length}`)
      }
      const admission = { masks, distinctFrom: before.map((_, slot) => slot) }
      return compileScan(relation, places, (slot) => slot < before.length, admission, next)
    }, last)
  }

  #relation(predicate: string, construct: string): Relation {
    const { facts } = this.#context
    const relation = facts.text.get(predicate) ?? facts.denied.get(deniedPredicate(predicate) ?? '')
    if (relation === undefined) throw this.#invalid(construct, 'a predicate of the domain', `"${predicate}"`)
    return relation
  }

  #invalid(construct: string, expected: string, found: string): LeapError {
    return new LeapError({
      code: 'GAME_GRAMMAR_INVALID',
      message: `${this.#context.source}: grammar, ${construct}: expected ${expected}, found ${found}`,
    })
  }
}

/** The predicate p of a text predicate `not_p`, else undefined. */
export const deniedPredicate = (predicate: string) => (predicate.startsWith('not_') ? predicate.slice(4) : undefined)

/** The error for a rule that is used and not there. */
export function missingRule(source: string, construct: string, name: string): LeapError {
  return new LeapError({
    code: 'GAME_RULE_MISSING',
    message: `${source}: grammar, ${construct}: expected a rule "${name}", found none of that name`,
    remedy: 'Add the rule to the grammar, or fetch the game again: it may be from an incompatible version.',
  })
}

const slotIn = (scope: TextScope, variable: QueryVariable) =>
  scope.findIndex((known) => known.name === variable.name && known.type === variable.type)

function extend(scope: TextScope, query: Query): TextScope {
  const wider = [...scope]
  for (const { variables } of query)
    for (const variable of variables) if (slotIn(wider, variable) < 0) wider.push(variable)
  return wider
}

const constant = (text: string): Writer => ({ write: () => text, isFixed: true, slots: new Set() })
const union = (writers: readonly Writer[]) => new Set(writers.flatMap((writer) => [...writer.slots]))
