import { expect, it } from 'vitest'
import { createStyle, wantsColor } from './style.ts'

it('colours a terminal and nothing else', () => {
  expect(wantsColor({ isTTY: true }, {}, [])).toBe(true)
  expect(wantsColor({}, {}, [])).toBe(false)
  expect(wantsColor({ isTTY: true }, { TERM: 'dumb' }, [])).toBe(false)
})

it('obeys --no-color and NO_COLOR before FORCE_COLOR', () => {
  expect(wantsColor({ isTTY: true }, {}, ['runs', '--no-color'])).toBe(false)
  expect(wantsColor({ isTTY: true }, { NO_COLOR: '1', FORCE_COLOR: '1' }, [])).toBe(false)
  expect(wantsColor({ isTTY: true }, { NO_COLOR: '' }, [])).toBe(true)
  expect(wantsColor({}, { FORCE_COLOR: '1' }, [])).toBe(true)
})

it('paints only when enabled', () => {
  expect(createStyle(false).bad('no')).toBe('no')
  expect(createStyle(true).bad('no')).toBe('\u001b[31mno\u001b[39m')
})
