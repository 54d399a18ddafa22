import { describe, expect, it } from 'vitest'
import { parseOrderFile } from './parse-order-file.ts'

describe('parseOrderFile', () => {
  it('reads lines with comments, and JSON arrays', () => {
    expect(parseOrderFile('# official order\na/1\r\n\n  b/2 \n', 'order.txt')).toEqual(['a/1', 'b/2'])
    expect(parseOrderFile('["b/2", "a/1"]', 'order.json')).toEqual(['b/2', 'a/1'])
  })

  it('names the file and what is wrong with it', () => {
    expect(() => parseOrderFile('# nothing\n', 'order.txt')).toThrow(/order\.txt: expected at least one/)
    expect(() => parseOrderFile('["a"', 'order.json')).toThrow(/order\.json: expected a JSON array/)
    expect(() => parseOrderFile('["a", 3]', 'order.json')).toThrow(/position 2, found 3/)
    expect(() => parseOrderFile('[]', 'order.json')).toThrow(/at least one task id/)
  })
})
