import { describe, expect, it } from 'vitest'
import { tfidfSimilarity, wordsOf } from './tfidf.ts'

describe('tfidfSimilarity', () => {
  // Expected values: scikit-learn 1.3 TfidfVectorizer().fit_transform([a, b]), rows multiplied.
  it.each([
    ['hello world', 'hello world', 1],
    ['hello world', 'hello there', 0.33609692727625745],
    ['alpha beta', 'gamma', 0],
    ['12 files', '', 0],
    ['/a/b.txt', '/a/c.txt', 1],
  ])('of %j and %j is %d', (a, b, expected) => expect(tfidfSimilarity(a, b)).toBeCloseTo(expected, 12))

  it('is undefined where neither has a word', () => {
    expect(tfidfSimilarity('2', '3')).toBeUndefined()
    expect(tfidfSimilarity('', '. -')).toBeUndefined()
  })

  it('takes letters and digits of any script, no single ones, no combining marks', () => {
    expect(wordsOf('a_b Éa 日本 x ٣٤ e\u0301e 7 ½½')).toEqual(['a_b', 'éa', '日本', '٣٤', '½½'])
  })
})
