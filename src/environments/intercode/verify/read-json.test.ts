import { expect, it } from 'vitest'
import { readPythonJson } from './read-json.ts'

it('takes the numbers that only Python writes for nothing, and leaves texts alone', () => {
  expect(readPythonJson('{"a": NaN, "b": [-Infinity, 1], "NaN \\" c": "Infinity NaN"}')).toEqual({
    a: null,
    b: [null, 1],
    'NaN " c': 'Infinity NaN',
  })
  expect(() => readPythonJson('{"a": NaN')).toThrow(SyntaxError)
  expect(() => readPythonJson('{"a": }')).toThrow(SyntaxError)
})
