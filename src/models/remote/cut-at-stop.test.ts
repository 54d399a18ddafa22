import { expect, it } from 'vitest'
import { cutAtStop } from './cut-at-stop.ts'

it.each([
  ['one\ntwo END', ['END', '\n'], 'one'],
  ['one', ['two', ''], undefined],
  ['END', ['END'], ''],
  ['text', [], undefined],
])('cuts %j at %j', (text, stop, expected) => {
  expect(cutAtStop(text, stop)).toBe(expected)
})
