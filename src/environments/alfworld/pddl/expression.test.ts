import { describe, expect, it } from 'vitest'
import { readExpression, showExpression } from './expression.ts'

const read = (text: string) => readExpression(text, 'a.pddl', 'domain')

describe('readExpression', () => {
  it('lower-cases, drops comments and splits before a question mark', () => {
    expect(read('(Define ; no (comment\n (holds?A ?b)\t())')).toEqual(['define', ['holds', '?a', '?b'], []])
  })

  it('keeps a comma as part of the word', () => {
    expect(read('(?l - location, ?r - receptacle)')).toEqual(['?l', '-', 'location,', '?r', '-', 'receptacle'])
  })

  it.each([
    ['(a\n (b)', 'line 1', 'the end of the text inside a "(" (1 not closed)'],
    ['(a))', 'line 1', 'a ")" that closes nothing'],
    ['(a)\n(b)', 'line 2', 'a second "("'],
    ['a (b)', 'line 1', '"a" outside of it'],
    [' ; nothing', 'line 1', 'found nothing'],
  ])('rejects %j, naming the line', (text, line, found) => {
    const error = () => read(text)
    expect(error).toThrow(line)
    expect(error).toThrow(found)
  })
})

describe('showExpression', () => {
  it('writes an expression out and cuts long ones', () => {
    expect(showExpression(['not', ['a', '?x']])).toBe('(not (a ?x))')
    expect(showExpression(Array(200).fill('a'))).toHaveLength(120)
    expect(showExpression(undefined)).toBe('nothing')
  })
})
