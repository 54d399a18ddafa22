import { expect, it } from 'vitest'
import { readTypedLine } from './hand-commands.ts'

it('tells commands, numbers and actions apart', () => {
  expect(readTypedLine('')).toEqual({ kind: 'empty' })
  expect(readTypedLine('?')).toEqual({ kind: 'command', command: '?' })
  expect(readTypedLine(':quit')).toEqual({ kind: 'command', command: ':quit' })
  expect(readTypedLine(':Q')).toEqual({ kind: 'command', command: ':quit' })
  expect(readTypedLine('3')).toEqual({ kind: 'number', index: 2 })
  expect(readTypedLine('go to desk 1')).toEqual({ kind: 'action', action: 'go to desk 1' })
})

it('does not guess between commands that begin alike', () => {
  expect(readTypedLine(':h')).toEqual({ kind: 'unknown-command', text: ':h' })
  expect(readTypedLine(':')).toEqual({ kind: 'unknown-command', text: ':' })
  expect(readTypedLine(':hi')).toEqual({ kind: 'command', command: ':hint' })
})
