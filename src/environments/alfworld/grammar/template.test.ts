import { describe, expect, it } from 'vitest'
import { readTemplate } from './template.ts'

const read = (text: string) => readTemplate(text, 'g', 'rule "x"')

describe('readTemplate', () => {
  it('drops white space at the beginning only, and turns a written \\n into a line break', () => {
    expect(read('\n  a \\n b ')).toEqual([{ kind: 'text', text: 'a \n b ' }])
    expect(read('')).toEqual([])
  })

  it('reads rules, values, copies and lists', () => {
    expect(read('#look(o, r)#: {r}, {r.name | at(r:place)} [{#entry# | in(o, r)}]!')).toEqual([
      { kind: 'rule', rule: 'look(o, r)' },
      { kind: 'text', text: ': ' },
      { kind: 'value', value: { kind: 'field', variable: 'r', field: 'name' } },
      { kind: 'text', text: ', ' },
      {
        kind: 'each',
        item: { kind: 'value', value: { kind: 'field', variable: 'r', field: 'name' } },
        query: [{ predicate: 'at', variables: [{ name: 'r', type: 'place' }] }],
        list: false,
      },
      { kind: 'text', text: ' ' },
      {
        kind: 'each',
        item: { kind: 'rule', rule: 'entry' },
        query: [
          {
            predicate: 'in',
            variables: [
              { name: 'o', type: 'o' },
              { name: 'r', type: 'r' },
            ],
          },
        ],
        list: true,
      },
      { kind: 'text', text: '!' },
    ])
  })

  it.each([
    ['{r', 'a closing "}"'],
    ['{r {o}', 'no "{" within braces'],
    ['{r}}', 'no "}" that closes nothing'],
    ['#rule', 'a closing "#"'],
    ['[a]', '"[{... | query}]"'],
    ['[{r | at(r)}', 'a closing "]"'],
    ['{r | at r}', 'predicate(variable:type, ...)'],
    ['{r | at(r s)}', '"variable:type" as arguments'],
  ])('rejects %s, naming the rule', (text, message) => {
    expect(() => read(text)).toThrow(message)
    expect(() => read(text)).toThrow('rule "x"')
  })
})
