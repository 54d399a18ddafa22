import { describe, expect, it } from 'vitest'
import { readValue } from './value.ts'

const read = (text: string) => readValue(text, 'g', 'rule "x"')
const field = (variable: string, name: string) => ({ kind: 'field', variable, field: name })

describe('readValue', () => {
  it('reads names, fields, quoted text, sums and choices', () => {
    expect(read(' r ')).toEqual(field('r', 'name'))
    expect(read("o.indefinite + ' ' + o.name")).toEqual({
      kind: 'join',
      parts: [field('o', 'indefinite'), { kind: 'text', text: ' ' }, field('o', 'name')],
    })
    expect(read('r.name or (r.id + "!")')).toEqual({
      kind: 'first',
      parts: [field('r', 'name'), { kind: 'join', parts: [field('r', 'id'), { kind: 'text', text: '!' }] }],
    })
  })

  it.each(['', 'r.size', 'r.', 'r +', '(r', 'r r', 'or r', 'r - s', '+'])('rejects %j', (text) => {
    expect(() => read(text)).toThrow('rule "x"')
  })
})
