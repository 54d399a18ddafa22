import { expect, it } from 'vitest'
import { createTextEmitter } from './emit-text.ts'

it('waits for whole characters, holds back what may be a stop string, and ends with the text as it is', () => {
  const pieces: string[] = []
  const emitter = createTextEmitter((piece) => pieces.push(piece), ['\nEND'])
  for (const text of ['caf', 'caf\uFFFD', 'café', 'café\n', 'café\nE', 'café\nEach', 'café\nEach\nEN'])
    emitter.grow(text)
  expect(pieces).toEqual(['caf', 'é', '\nEach'])
  emitter.end('café\nEach')
  expect(pieces.join('')).toBe('café\nEach')
})

it('tells the rest at the end, a character that was never completed included', () => {
  const pieces: string[] = []
  const emitter = createTextEmitter((piece) => pieces.push(piece))
  emitter.grow('a\uFFFD')
  emitter.end('a\uFFFD')
  expect(pieces).toEqual(['a', '\uFFFD'])
})
