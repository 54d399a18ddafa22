import { describe, expect, it } from 'vitest'
import { readGrammar } from './document.ts'

const read = (text: string) => readGrammar(text, 'g')

describe('readGrammar', () => {
  it('reads statements in any order; a later rule replaces an earlier one', () => {
    const { rules, actions } = read(`
      action Go { feedback :: "
You go."; template :: "go";
        grammar :: """
          # no rule
          { "x(o, r)": [{ "rhs": "new", "condition": "" }] }
        """; }
      # between
      grammar :: """{ "x(o, r)": [{ "rhs": "old" }], "y": [{ "rhs": "a\\nb", "weight": 2 }] }""";
      action Stay { template :: "stay"; feedback :: "#y#"; pddl :: """ ignored """; }`)
    expect(rules.get('x(o, r)')).toEqual([{ rhs: 'old' }])
    expect(rules.get('y')).toEqual([{ rhs: 'a\nb', weight: 2 }])
    expect(actions.get('go')).toEqual({ template: 'go', feedback: '\nYou go.' })
    expect(actions.get('stay')).toEqual({ template: 'stay', feedback: '#y#' })
  })

  it.each([
    ['grammar :: "{}";', 'line 1: expected'],
    ['\n\nrules', 'line 3: expected'],
    ['action Go { template :: "go"; }', 'a template and a feedback in action Go'],
    ['action Go { template :: "go; feedback :: "x"; }', 'in action Go'],
    ['grammar :: """{ "x": }""";', 'a JSON object of rules'],
    ['grammar :: """[]""";', 'a JSON object of rules'],
    ['grammar :: """{ "x": [] }""";', 'rule "x": expected a list of alternatives'],
    ['grammar :: """{ "x": [{ "text": "y" }] }""";', 'rule "x": expected {"rhs": text'],
    ['action Go { template :: "go"; feedback :: "x"; grammar :: """{]""" ; }', 'grammar of action Go'],
  ])('rejects %j', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })
})
